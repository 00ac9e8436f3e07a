import { z } from 'zod';

/** The families of a page, for peers that are to serve the same ones. */
export const families = z.array(
  z.object({
    name: z.string(),
    help: z.string(),
    /** A part of a histogram counts as a gauge. */
    type: z.enum(['gauge', 'counter']),
    labelNames: z.array(z.string()),
    samples: z.array(z.object({ labels: z.record(z.string(), z.string()), value: z.number() })),
  }),
);

export type Families = z.infer<typeof families>;
type Family = Families[number];

/** Reads the text format 0.0.4. */
export function familiesOf(page: string): Families {
  const found = new Map<string, Family>();
  const helps = new Map<string, string>();
  const counters = new Set<string>();
  for (const line of page.split('\n')) {
    const [, about, name = '', rest = ''] = /^# (HELP|TYPE) (\S+) (.*)$/.exec(line) ?? [];
    if (about === 'HELP') helps.set(name, rest);
    else if (about === 'TYPE') {
      if (rest === 'counter') counters.add(name);
    } else if (line !== '') addSample(line);
  }
  return [...found.values()];

  function addSample(line: string): void {
    const [, name, pairs = '', value] = /^([^{ ]+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
    if (name === undefined || value === undefined) throw new Error(`no sample: ${line}`);
    const type = counters.has(name) ? 'counter' : 'gauge';
    const help = helps.get(name) ?? 'Part of a histogram.';
    const family = found.get(name) ?? { name, help, type, labelNames: [], samples: [] };
    found.set(name, family);
    const labels = labelsOf(pairs);
    for (const label of Object.keys(labels)) {
      if (!family.labelNames.includes(label)) family.labelNames.push(label);
    }
    family.samples.push({ labels, value: numberOf(value) });
  }
}

function labelsOf(pairs: string): Record<string, string> {
  return Object.fromEntries(
    [...pairs.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, name = '', value = '']) => [
      name,
      value.replaceAll(/\\(.)/g, (_, one: string) => (one === 'n' ? '\n' : one)),
    ]),
  );
}

// JSON has no infinity, and peers do not care.
function numberOf(value: string): number {
  return Number.isFinite(Number(value)) ? Number(value) : Number.MAX_SAFE_INTEGER;
}

/** How many samples a page has. */
export function countSamples(page: string): number {
  return page.split('\n').filter((line) => line !== '' && !line.startsWith('#')).length;
}

/**
 * A page in the text format 0.0.4, cut into smaller ones: each has at most so many samples of a family,
 * below its help and its type. Histograms stay whole, since their samples belong together.
 */
export function piecesOf(page: string, samples: number): readonly string[] {
  const pieces: string[] = [];
  for (const family of page.split(/^(?=# HELP )/m)) {
    const lines = family.trimEnd().split('\n');
    const head = lines.filter((line) => line.startsWith('#'));
    const rows = lines.slice(head.length);
    const whole = head.some((line) => /^# TYPE \S+ histogram$/.test(line));
    const count = whole ? rows.length : samples;
    let piece = 0;
    do {
      const part = [...head, ...rows.splice(0, count)];
      pieces[piece] = `${pieces[piece] ?? ''}${part.join('\n')}\n`;
      piece += 1;
    } while (rows.length > 0);
  }
  return pieces;
}

/** The first series that a page in the text format 0.0.4 has twice. */
export function repeatedSeries(page: string): string | undefined {
  const seen = new Set<string>();
  for (const line of page.split('\n')) {
    if (line === '' || line.startsWith('#')) continue;
    const series = line.slice(0, line.lastIndexOf(' '));
    if (seen.has(series)) return series;
    seen.add(series);
  }
  return undefined;
}
