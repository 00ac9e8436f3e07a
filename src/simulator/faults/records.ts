import { changedListing, changedRecords, type Fault, type Faults, type Json } from './fault.ts';

const dateFields = ['createdAt', 'startTime', 'scheduledTime', 'finishTime'];
const sizeFields = ['storageSizeBytes', 'dataSizeBytes', 'fileSizeBytes'];
const wordFields = ['snapshotType', 'frequencyType', 'cloudProvider', 'clusterType', 'type'];

/** The record with another value in those of the fields that it has. */
function changing(record: Json, fields: readonly string[], to: unknown): Json {
  const there = fields.filter((field) => field in record);
  return { ...record, ...Object.fromEntries(there.map((field) => [field, to])) };
}

/** A snapshot of any kind with other dates. `undefined` leaves them out. */
function dated(record: Json, to: string | undefined): Json {
  return changing(changing(record, dateFields, to), ['created'], { date: to, increment: 1 });
}

function inOtherCase(text: string): string {
  return text === text.toUpperCase() ? text.toLowerCase() : text.toUpperCase();
}

function withFields(text: string, fields: readonly string[], to: unknown): Fault {
  return changedRecords(text, (record) => changing(record, fields, to));
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

/** Listings that are whole, of records that are not. */
export const records: Faults = {
  unknown_status: withFields('Snapshots have an unknown status.', ['status'], 'PONDERING'),
  unknown_values: withFields('Types, frequencies and providers are unknown.', wordFields, 'NOVEL'),
  shouting: changedRecords('The status of snapshots is in the other case.', (record) =>
    changing(record, ['status'], inOtherCase(String(record['status']))),
  ),
  no_dates: changedRecords('Snapshots have no dates.', (record) => dated(record, undefined)),
  odd_dates: changedRecords(
    'The dates of snapshots are {TEXT=2026-02-30T10-00-00Z}.',
    (record, _, text) => dated(record, text),
  ),
  future_dates: changedRecords(
    'Snapshots were taken {SECONDS=86400} seconds from now.',
    (record, _, seconds, { now }) =>
      dated(record, new Date((now + Number(seconds)) * 1000).toISOString()),
  ),
  odd_sizes: changedRecords('The sizes of snapshots are {SIZE=-1}.', (record, _, size) =>
    changing(record, sizeFields, Number.isNaN(Number(size)) ? size : Number(size)),
  ),
  lost_shards: changedRecords('Snapshots of sharded clusters lack a member.', (record) =>
    Array.isArray(record['members']) ? { ...record, members: record['members'].slice(1) } : record,
  ),
  null_fields: changedRecords(
    'All fields but the id and the status are null.',
    ({ id, status, ...others }) => ({ ...changing(others, Object.keys(others), null), id, status }),
  ),
  odd_ids: changedRecords('Ids are numbers, lists, objects, or invalid text.', (record, nth) => ({
    ...record,
    id: [5, ['a'], { a: 1 }, 'no id', null][nth % 5],
  })),
  odd_names: changedRecords('Names are lists or objects.', (record, nth) =>
    changing(record, ['name'], nth % 2 === 0 ? ['a'] : { a: 1 }),
  ),
  hostile_names: changedRecords(
    'Names hold quotes, newlines, control characters and markup.',
    (record, nth) => changing(record, ['name'], `${hostile[nth % hostile.length]}${nth}`),
  ),
  same_names: withFields('All records have the same name.', ['name'], 'namesake'),
  numbers_as_text: changedRecords('Numbers are written as strings.', (record) =>
    Object.fromEntries(
      Object.entries(record).map(([key, value]) => [
        key,
        typeof value === 'number' ? String(value) : value,
      ]),
    ),
  ),
  more_fields: changedRecords('Records have unknown fields.', (record) => ({
    ...record,
    novel: { deep: [1, null, { er: true }] },
    another: 1e300,
  })),
  not_records: changedListing('Numbers, strings, lists and nulls between the records.', (all) =>
    all.flatMap((record, nth) => [record, [nth, 'x', [], null][nth % 4]]),
  ),
  reborn: changedRecords('Records have other ids than before, under the same names.', (record) => ({
    ...record,
    id: `f${String(record['id']).slice(1)}`,
  })),
};
