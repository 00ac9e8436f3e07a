import type { Format } from '../../src/metrics/encoding.ts';
import { watch } from '../canaries/watch.ts';
import { seriesKey } from '../oracle/series.ts';

export type Sample = {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
};

export type ParsedFamily = {
  readonly name: string;
  readonly help: string;
  readonly type: string;
  readonly unit: string | undefined;
  readonly samples: readonly Sample[];
};

/**
 * Reads a page more strictly than Prometheus does: metadata before samples, families in one piece,
 * no series twice, no timestamps, no blank or unknown lines. @throws with the line at fault
 */
export function parsed(page: string, format: Format): readonly ParsedFamily[] {
  watch('a page', page);
  if (!page.endsWith('\n') && page !== '') throw new Error('the page does not end with a newline');
  const lines = page.split('\n').slice(0, -1);
  if (format === 'openmetrics' && lines.pop() !== '# EOF') throw new Error('no # EOF at the end');
  const families = new Map<string, ParsedFamily & { samples: Sample[] }>();
  const series = new Set<string>();
  let current: (ParsedFamily & { samples: Sample[] }) | undefined;
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const fail = (why: string) => new Error(`line ${at + 1}: ${why}: ${line}`);
    const help = /^# HELP ([a-z_:][a-z0-9_:]*) (\S.*)$/s.exec(line);
    if (help === null) {
      if (line.startsWith('#') || current === undefined) throw fail('not a sample');
      const sample = sampleOf(line, fail);
      if (!sampleNames(current, format).includes(sample.name)) throw fail(`not of ${current.name}`);
      const identity = seriesKey(sample.name, sample.labels);
      if (series.has(identity)) throw fail('series comes twice');
      series.add(identity);
      current.samples.push(sample);
      continue;
    }
    const [, name = '', text = ''] = help;
    if (families.has(name)) throw fail('family comes twice');
    if (/\\[^\\n"]|\\$/.test(text.replaceAll('\\\\', ''))) throw fail('unknown escape');
    const type = new RegExp(`^# TYPE ${name} (gauge|counter|histogram)$`).exec(
      lines[++at] ?? '',
    )?.[1];
    if (type === undefined) throw fail('TYPE does not follow HELP');
    const unit = new RegExp(`^# UNIT ${name} ([a-z]+)$`).exec(lines[at + 1] ?? '')?.[1];
    if (unit !== undefined) {
      at += 1;
      if (format === 'text') throw fail('UNIT is unknown to the text format');
      if (!name.endsWith(`_${unit}`)) throw fail('the name does not end with the unit');
    }
    if (format === 'openmetrics' && type === 'counter' && name.endsWith('_total')) {
      throw fail('OpenMetrics names a counter without _total');
    }
    current = { name, help: text, type, unit, samples: [] };
    families.set(name, current);
  }
  for (const family of families.values()) checkFamily(family);
  return [...families.values()];
}

function sampleNames({ name, type }: ParsedFamily, format: Format): readonly string[] {
  if (type === 'histogram') return [`${name}_bucket`, `${name}_sum`, `${name}_count`];
  return [type === 'counter' && format === 'openmetrics' ? `${name}_total` : name];
}

function sampleOf(line: string, fail: (why: string) => Error): Sample {
  // No value has a space in it, whereas a label may.
  const end = line.lastIndexOf(' ');
  const subject = subjectOf(line.slice(0, end), fail);
  // Nothing may follow the number: a timestamp would make old samples look current.
  const value = /^ ([+-]?(?:\d+(?:\.\d+)?(?:e[+-]?\d+)?|Inf)|NaN)$/.exec(line.slice(end))?.[1];
  if (value === undefined) throw fail('bad sample');
  return { ...subject, value: Number(value.replace('Inf', 'Infinity')) };
}

type Subject = Omit<Sample, 'value'>;

/** The same series come on page after page, and to read their labels is most of the work. */
const subjects = new Map<string, Subject>();
const maxSubjects = 50_000;

function subjectOf(text: string, fail: (why: string) => Error): Subject {
  const known = subjects.get(text);
  if (known !== undefined) return known;
  const subject = readSubject(text, fail);
  if (subjects.size >= maxSubjects) subjects.clear();
  subjects.set(text, subject);
  return subject;
}

function readSubject(text: string, fail: (why: string) => Error): Subject {
  const [name = ''] = /^[a-z_:][a-z0-9_:]*/.exec(text) ?? [];
  if (name === '') throw fail('bad sample');
  let rest = text.slice(name.length);
  const labels: Record<string, string> = {};
  if (rest.startsWith('{')) {
    do {
      const label = /^[{,]([a-z_][a-z0-9_]*)="((?:[^"\\]|\\["\\n])*)"/.exec(rest);
      const [all = '', key = '', value = ''] = label ?? [];
      if (label === null || key in labels) throw fail('bad label');
      labels[key] = value.replaceAll(/\\(.)/g, (_, one) => (one === 'n' ? '\n' : one));
      rest = rest.slice(all.length);
    } while (rest.startsWith(','));
    if (!rest.startsWith('}')) throw fail('labels do not end');
    rest = rest.slice(1);
  }
  if (rest !== '') throw fail('bad sample');
  return { name, labels };
}

function checkFamily({ name, type, samples }: ParsedFamily): void {
  if (samples.length === 0) throw new Error(`${name} has no samples`);
  if (type !== 'histogram') return;
  const groups = Map.groupBy(samples, ({ labels: { le, ...others } }) => JSON.stringify(others));
  for (const group of groups.values()) {
    const buckets = group.filter((one) => one.name === `${name}_bucket`);
    const bounds = buckets.map(({ labels }) => Number(labels['le']?.replace('+Inf', 'Infinity')));
    const count = group.find((one) => one.name === `${name}_count`)?.value;
    const rising = buckets.every(
      ({ value }, n) => n === 0 || value >= (buckets[n - 1]?.value ?? 0),
    );
    const sorted = bounds.every((bound, n) => n === 0 || bound > (bounds[n - 1] ?? 0));
    if (!rising || !sorted || bounds.at(-1) !== Infinity || buckets.at(-1)?.value !== count) {
      throw new Error(`${name} is no histogram`);
    }
  }
}

/** All samples of a page, by family name as in the text format. */
export function samplesBy(
  families: readonly ParsedFamily[],
): ReadonlyMap<string, readonly Sample[]> {
  return Map.groupBy(
    families.flatMap(({ samples }) => samples),
    ({ name }) => name,
  );
}
