import { isCompleted, type Snapshot } from '../domain/snapshot.ts';
import { type UnixSeconds, utcText } from '../domain/time.ts';
import { byteSize, distance, duration } from '../domain/units.ts';
import { printable, table } from './table.ts';

const unknown = '–';

const heading = [
  ...['ID', 'SOURCE', 'STATUS', 'TYPE', 'FREQUENCY'],
  ...['TAKEN', 'AGE', 'EXPIRES IN', 'SIZE'],
];

/** One line a snapshot. */
export function snapshotTable(snapshots: readonly Snapshot[], now: UnixSeconds): string {
  if (snapshots.length === 0) return 'No snapshots.\n';
  const rows = snapshots.map((snapshot) => {
    const { id, source, status, type, frequency, expiresAt } = snapshot;
    const { takenAt, sizeBytes } = isCompleted(snapshot) ? snapshot : {};
    return [
      ...[id, source, status, type, frequency],
      takenAt && utcText(takenAt),
      takenAt && duration(now - takenAt),
      expiresAt && (Number.isFinite(expiresAt) ? duration(expiresAt - now) : utcText(expiresAt)),
      sizeBytes === undefined ? undefined : byteSize(sizeBytes),
    ].map((cell) => cell || unknown);
  });
  return table([heading, ...rows]);
}

/** One line a fact. */
export function snapshotFacts(snapshot: Snapshot, now: UnixSeconds): string {
  const { takenAt, finishedAt, sizeBytes } = isCompleted(snapshot) ? snapshot : {};
  const time = (at: UnixSeconds | undefined) => {
    if (at === undefined || !Number.isFinite(at)) return at && utcText(at);
    return `${utcText(at)} (${distance(at - now)})`;
  };
  const facts = {
    ID: snapshot.id,
    Source: snapshot.source,
    Status: snapshot.status,
    Type: snapshot.type,
    Frequency: snapshot.frequency,
    Requested: time(snapshot.requestedAt),
    Taken: time(takenAt),
    Finished: time(finishedAt),
    Expires: time(snapshot.expiresAt),
    Size: sizeBytes === undefined ? undefined : byteSize(sizeBytes),
    Provider: snapshot.cloudProvider,
    MongoDB: snapshot.mongodbVersion,
    'Customer key': { true: 'yes', false: 'no' }[String(snapshot.encrypted)],
    'Policy items': snapshot.policyItemIds.join(', '),
  };
  return Object.entries(facts)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]) => `${`${name}:`.padEnd(16)}${printable(String(value))}\n`)
    .join('');
}
