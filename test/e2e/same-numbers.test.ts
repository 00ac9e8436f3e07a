import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { byteSize, distance, duration } from '../../src/domain/units.ts';
import { type Program, startProgram } from './program.ts';
import { samplesOf } from './samples.ts';
import { scrapeOf } from './serving.ts';

type Summary = {
  readonly project_id: string;
  readonly cluster: string;
  readonly newest_completed?: { taken_at: string; expires_at?: string; size_bytes?: number };
  readonly due_at?: string;
  readonly recoverable_until?: string;
  readonly snapshots?: Readonly<Record<string, number>>;
  readonly last_read_at?: string;
};

/** The numbers of one cluster, undefined where there is none. */
type Numbers = Readonly<Record<(typeof names)[number], number | undefined>>;
const names = ['newest', 'due', 'size', 'expires', 'recoverable', 'kept', 'read'] as const;

let program: Program;
let metrics: ReadonlyMap<string, Numbers>;
let summaries: readonly Summary[];
let page: string;

beforeAll(async () => {
  program = startProgram(['demo', '--web.listen-address', '127.0.0.1:0']);
  const url = await program.printed(/Metrics +(\S+)/);
  const at = async (path: string) => (await fetch(new URL(path, url))).text();
  const generation = async () => JSON.parse(await at('/api/v1/status')).generation as number;
  // A poll may end meanwhile: then what was read is of two generations, and is read again.
  for (let before = -1, after = 0; before !== after; ) {
    const { text } = await scrapeOf(url);
    before = await generation();
    metrics = numbersOf(text);
    summaries = JSON.parse(await at('/api/v1/clusters?per_page=1000')).clusters;
    page = await at('/?per_page=1000');
    const again = numbersOf((await scrapeOf(url)).text);
    after = JSON.stringify([...again]) === JSON.stringify([...metrics]) ? await generation() : -1;
  }
}, 60_000);
afterAll(() => program.stop());

const families: Readonly<Record<string, keyof Numbers>> = {
  snapshot_last_completed_timestamp_seconds: 'newest',
  snapshot_due_timestamp_seconds: 'due',
  snapshot_last_completed_size_bytes: 'size',
  snapshot_last_completed_expiry_timestamp_seconds: 'expires',
  recoverable_until_timestamp_seconds: 'recoverable',
  'snapshots completed': 'kept',
  refresh_last_success_timestamp_seconds: 'read',
};

function numbersOf(text: string): ReadonlyMap<string, Numbers> {
  const found = new Map<string, Numbers>();
  for (const { name, labels, value } of samplesOf(text)) {
    const { project_id, cluster, status } = labels;
    if (cluster === undefined) continue;
    const key = `${project_id}/${cluster}`;
    const before = found.get(key) ?? none;
    const family = name.replace('mongodbatlas_backup_', '');
    const known = families[status === undefined ? family : `${family} ${status}`];
    found.set(key, known === undefined ? before : { ...before, [known]: value });
  }
  return found;
}

const none = Object.fromEntries(names.map((name) => [name, undefined])) as Numbers;
const seconds = (time: string | undefined) =>
  time === undefined ? undefined : Date.parse(time) / 1000;

describe('for every cluster of the demo, the numbers of /metrics', () => {
  test('are there: all clusters, and each number of some', () => {
    expect(metrics.size).toBe(31);
    for (const name of names) {
      const given = [...metrics.values()].filter((numbers) => numbers[name] !== undefined);
      expect(given.length).toBeGreaterThan(15);
      if (name !== 'kept') expect(given.length).toBeLessThan(31);
    }
  });

  test('are those of /api/v1/clusters', () => {
    const told = summaries.map((one): [string, Numbers] => [
      `${one.project_id}/${one.cluster}`,
      {
        newest: seconds(one.newest_completed?.taken_at),
        due: seconds(one.due_at),
        size: one.newest_completed?.size_bytes,
        expires: seconds(one.newest_completed?.expires_at),
        recoverable: seconds(one.recoverable_until),
        kept: one.snapshots?.['completed'],
        read: seconds(one.last_read_at),
      },
    ]);
    expect(new Map(told)).toEqual(rounded(metrics));
  });

  test('are those of the status page, in words', () => {
    const now = Number(/data-now="([\d.]+)"/.exec(page)?.[1]);
    const ago = (at: number) => distance(at - now);
    const told = [
      ...page.matchAll(/<tr class[^>]*data-project="(\w+)" data-cluster="([^"]+)".*?<\/tr>/gs),
    ];
    expect(told).toHaveLength(31);
    for (const [row, project, cluster] of told) {
      const numbers = metrics.get(`${project}/${cluster}`) ?? none;
      const cell = (label: string) =>
        (new RegExp(`data-label="${label}">(.*?)</td>`, 's').exec(row)?.[1] ?? '')
          .replaceAll(/<svg.*?<\/svg>|<[^>]*>/gs, '')
          .trim();
      const written = (value: number | undefined, words: (value: number) => string) =>
        value === undefined ? '–' : words(value);
      expect({ cluster, newest: cell('Newest') }).toEqual({
        cluster,
        newest: written(numbers.newest, ago),
      });
      expect(cell('Size')).toBe(written(numbers.size, byteSize));
      expect(cell('Snapshots kept')).toBe(written(numbers.kept, String));
      // Both are no series when kept for ever, which the page says.
      expect(cell('Expires').replace('never', '–')).toBe(written(numbers.expires, ago));
      expect(cell('Recoverable until').replace('never', '–')).toBe(
        written(numbers.recoverable, ago),
      );
      const due = numbers.due;
      expect(cell('Next due')).toBe(
        written(due, (at) => (at >= now ? `due ${ago(at)}` : `late by ${duration(now - at)}`)),
      );
      expect(cell('Last read').replace('never (failing)', '–')).toBe(written(numbers.read, ago));
    }
  });
});

/** JSON has milliseconds. */
function rounded(all: ReadonlyMap<string, Numbers>): ReadonlyMap<string, Numbers> {
  return new Map(
    [...all].map(([key, numbers]) => [
      key,
      { ...numbers, read: numbers.read && Math.round(numbers.read * 1000) / 1000 },
    ]),
  );
}
