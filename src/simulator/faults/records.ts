import { type Faults, isObject, listing } from './fault.ts';

type Json = Readonly<Record<string, unknown>>;

const dateFields = ['createdAt', 'startTime', 'scheduledTime', 'finishTime'];

/** A snapshot of any kind with other dates. `undefined` leaves them out. */
function dated(record: Json, to: string | undefined): Json {
  const changed = Object.keys(record).map((key) => {
    if (dateFields.includes(key)) return [key, to];
    return key === 'created' ? [key, { date: to, increment: 1 }] : [key, record[key]];
  });
  return Object.fromEntries(changed);
}

function changing(record: Json, fields: readonly string[], to: unknown): Json {
  const there = fields.filter((field) => field in record);
  return { ...record, ...Object.fromEntries(there.map((field) => [field, to])) };
}

/** Names that break what does not escape them. */
const hostile: readonly string[] = [
  'quote" backslash\\ newline\n',
  'x{injected="1"} 1\nup 1',
  '<script>alert(1)</script>',
  'zero\u0000 tab\t return\r escape\u001b[31m',
  'right\u202eto left \u{1f525} \ud800 lone',
  'long'.repeat(2_500),
  ' spaces ',
  '__proto__',
];

const sizeFields = ['storageSizeBytes', 'dataSizeBytes', 'fileSizeBytes'];
const wordFields = ['snapshotType', 'frequencyType', 'cloudProvider', 'clusterType', 'type'];

/** Listings that are whole, of records that are not. */
export const records: Faults = {
  unknown_status: listing('Snapshots have a status that nobody has heard of.', (all) =>
    all.map((record) => changing(record, ['status'], 'PONDERING')),
  ),
  unknown_values: listing('Types, frequencies and providers that nobody has heard of.', (all) =>
    all.map((record) => changing(record, wordFields, 'NOVEL')),
  ),
  shouting: listing('The status of snapshots is written in the other case.', (all) =>
    all.map((record) => {
      const status = String(record['status']);
      const other = status === status.toUpperCase() ? status.toLowerCase() : status.toUpperCase();
      return changing(record, ['status'], other);
    }),
  ),
  no_dates: listing('Snapshots have no dates.', (all) => all.map((one) => dated(one, undefined))),
  odd_dates: listing(
    'The dates of snapshots are this text.',
    (all, _, text) => all.map((record) => dated(record, text)),
    { name: 'TEXT', default: '2026-02-30T10-00-00Z' },
  ),
  future_dates: listing(
    'Snapshots were taken so many seconds from now.',
    (all, { now }, seconds) => {
      const at = new Date((now + Number(seconds)) * 1000).toISOString();
      return all.map((record) => dated(record, at));
    },
    { name: 'SECONDS', default: '86400' },
  ),
  odd_sizes: listing(
    'Snapshots have this size: a number, or any text.',
    (all, _, size) => {
      const value = Number.isNaN(Number(size)) ? size : Number(size);
      return all.map((record) => changing(record, sizeFields, value));
    },
    { name: 'SIZE', default: '-1' },
  ),
  lost_shards: listing('Snapshots of sharded clusters lack a member.', (all) =>
    all.map((record) => {
      const members = record['members'];
      return Array.isArray(members) ? { ...record, members: members.slice(1) } : record;
    }),
  ),
  null_fields: listing('Every field but the id and the status is null.', (all) =>
    all.map(({ id, status, ...others }) => ({
      ...changing(others, Object.keys(others), null),
      id,
      status,
    })),
  ),
  odd_ids: listing('Ids are numbers, lists, objects, or text that is no id.', (all) =>
    all.map((record, n) => ({ ...record, id: [5, ['a'], { a: 1 }, 'no id', null][n % 5] })),
  ),
  odd_names: listing('Names are lists or objects.', (all) =>
    all.map((record, n) => changing(record, ['name'], n % 2 === 0 ? ['a'] : { a: 1 })),
  ),
  hostile_names: listing('Names hold quotes, newlines, control characters and markup.', (all) =>
    all.map((record, n) => changing(record, ['name'], `${hostile[n % hostile.length]}${n}`)),
  ),
  same_names: listing('All records have one name.', (all) =>
    all.map((record) => changing(record, ['name'], 'namesake')),
  ),
  numbers_as_text: listing('Numbers are written as strings.', (all) =>
    all.map((record) =>
      Object.fromEntries(
        Object.entries(record).map(([key, value]) => [
          key,
          typeof value === 'number' ? String(value) : value,
        ]),
      ),
    ),
  ),
  more_fields: listing('Records have fields that nobody has heard of.', (all) =>
    all.map((record) => ({ ...record, novel: { deep: [1, null, { er: true }] }, another: 1e300 })),
  ),
  not_records: {
    description: 'Between the records stand numbers, texts, lists and null.',
    start:
      () =>
      async ({ atlas }) => {
        const answer = await atlas();
        const body: unknown = answer.status === 200 ? JSON.parse(String(answer.body)) : undefined;
        if (!isObject(body) || !Array.isArray(body['results'])) return answer;
        const results = body['results'].flatMap((record, n) => [record, [n, 'x', [], null][n % 4]]);
        return { ...answer, body: JSON.stringify({ ...body, results }) };
      },
  },
  reborn: listing('Records have other ids than before, under the same names.', (all) =>
    all.map((record) => ({ ...record, id: `f${String(record['id']).slice(1)}` })),
  ),
};
