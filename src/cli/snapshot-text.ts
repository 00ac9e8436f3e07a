import { isCompleted, type Snapshot } from '../domain/snapshot.ts';
import { isoDate, type UnixSeconds, utcText } from '../domain/time.ts';
import { byteSize, duration } from '../domain/units.ts';
import { printable, table } from './table.ts';

/** A snapshot as JSON: dates in RFC 3339, sizes in bytes; what is not known is left out. */
export function snapshotJson(snapshot: Snapshot): Record<string, unknown> {
  const completed = isCompleted(snapshot) ? snapshot : undefined;
  const date = (at: UnixSeconds | undefined) => (at === undefined ? undefined : isoDate(at));
  const expiresAt =
    snapshot.expiresAt === Number.POSITIVE_INFINITY ? 'never' : date(snapshot.expiresAt);
  return {
    id: snapshot.id,
    source: snapshot.source,
    status: snapshot.status,
    type: snapshot.type,
    frequency: snapshot.frequency,
    requestedAt: date(snapshot.requestedAt),
    takenAt: date(completed?.takenAt),
    finishedAt: date(completed?.finishedAt),
    expiresAt,
    sizeBytes: completed?.sizeBytes,
    cloudProvider: snapshot.cloudProvider,
    mongodbVersion: snapshot.mongodbVersion,
    encrypted: snapshot.encrypted,
    policyItemIds: snapshot.policyItemIds,
  };
}

const unknown = '–';

/** One line a snapshot. */
export function snapshotTable(snapshots: readonly Snapshot[], now: UnixSeconds): string {
  if (snapshots.length === 0) return 'No snapshots.\n';
  const heading = [
    'ID',
    'SOURCE',
    'STATUS',
    'TYPE',
    'FREQUENCY',
    'TAKEN',
    'AGE',
    'EXPIRES IN',
    'SIZE',
  ];
  const rows = snapshots.map((snapshot) => {
    const completed = isCompleted(snapshot) ? snapshot : undefined;
    return [
      snapshot.id,
      snapshot.source,
      snapshot.status,
      snapshot.type ?? unknown,
      snapshot.frequency ?? unknown,
      completed === undefined ? unknown : utcText(completed.takenAt),
      completed === undefined ? unknown : duration(now - completed.takenAt),
      expiry(snapshot, now),
      completed?.sizeBytes === undefined ? unknown : byteSize(completed.sizeBytes),
    ];
  });
  return table([heading, ...rows]);
}

/** One line a fact. */
export function snapshotFacts(snapshot: Snapshot, now: UnixSeconds): string {
  const facts = Object.entries(snapshotJson(snapshot)).flatMap(([name, value]) => {
    if (value === undefined || (Array.isArray(value) && value.length === 0)) return [];
    return [`${`${name}:`.padEnd(16)}${printable(String(value))}\n`];
  });
  const age = isCompleted(snapshot)
    ? `${'age:'.padEnd(16)}${duration(now - snapshot.takenAt)}\n`
    : '';
  return `${facts.join('')}${age}${'expires in:'.padEnd(16)}${expiry(snapshot, now)}\n`;
}

function expiry({ expiresAt }: Snapshot, now: UnixSeconds): string {
  if (expiresAt === undefined) return unknown;
  return expiresAt === Number.POSITIVE_INFINITY ? 'never' : duration(expiresAt - now);
}
