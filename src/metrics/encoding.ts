import { createHash } from 'node:crypto';

/** The two formats of the page: text 0.0.4, and OpenMetrics 1.0. */
export const formats = ['text', 'openmetrics'] as const;
export type Format = (typeof formats)[number];

/** Text format: the Prometheus documentation's exposition formats. OpenMetrics: its specification 1.0. */
export const contentTypes: Readonly<Record<Format, string>> = {
  text: 'text/plain; version=0.0.4; charset=utf-8',
  openmetrics: 'application/openmetrics-text; version=1.0.0; charset=utf-8',
};

export type MetricType = 'gauge' | 'counter' | 'histogram';

export type Labels = Readonly<Record<string, string>>;

/** `name="value",…` without braces; labels without a value are left out, as Prometheus would. */
export function labelPairs(labels: Labels): string {
  let pairs = '';
  for (const name of Object.keys(labels)) {
    const value = labels[name] ?? '';
    if (value !== '') pairs += `${pairs && ','}${name}="${escaped(printable(value))}"`;
  }
  return pairs;
}

const maxBytes = 256;

// A very long name is cut, and one that is not valid text is mended: invalid UTF-8 would make
// Prometheus refuse the whole page. A hash of the whole keeps two such names apart.
function printable(value: string): string {
  const isShort = value.length <= maxBytes / 4 || Buffer.byteLength(value) <= maxBytes;
  if (isShort && value.isWellFormed()) return value;
  const hash = createHash('sha256').update(value, 'utf16le').digest('hex').slice(0, 16);
  return `${value.slice(0, 48).toWellFormed()}…${hash}`;
}

function escaped(value: string): string {
  return /["\\\n]/.test(value)
    ? value.replaceAll(/["\\\n]/g, (one) => (one === '\n' ? '\\n' : `\\${one}`))
    : value;
}

/** One line of a sample. */
export function sampleLine(name: string, pairs: string, value: number): string {
  return `${name}${pairs && `{${pairs}}`} ${numeral(value)}\n`;
}

export function numeral(value: number): string {
  if (value === Number.POSITIVE_INFINITY) return '+Inf';
  if (value === Number.NEGATIVE_INFINITY) return '-Inf';
  return String(value);
}

/** The lines above a family's samples. OpenMetrics names a counter without its `_total`. */
export function headerLines(
  family: { readonly name: string; readonly help: string; readonly type: MetricType },
  format: Format,
): string {
  const name = format === 'text' ? family.name : familyName(family);
  const help = family.help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
  const quoted = format === 'text' ? help : help.replaceAll('"', '\\"');
  const unit = format === 'text' ? undefined : unitOf(name);
  return [
    `# HELP ${name} ${quoted}\n`,
    `# TYPE ${name} ${family.type}\n`,
    unit === undefined ? '' : `# UNIT ${name} ${unit}\n`,
  ].join('');
}

function familyName({ name, type }: { readonly name: string; readonly type: MetricType }): string {
  return type === 'counter' ? name.replace(/_total$/, '') : name;
}

function unitOf(name: string): string | undefined {
  return /_(seconds|bytes|ratio)$/.exec(name)?.[1];
}
