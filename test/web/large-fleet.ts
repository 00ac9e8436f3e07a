import type { Fleet } from '../../src/domain/fleet.ts';
import type { Snapshot } from '../../src/domain/snapshot.ts';
import { cluster, fleetAfter, project, timeout } from '../domain/reports.ts';
import { completed, hour, noon, uncompleted } from '../domain/snapshots.ts';

const snapshotsEach = 30;

/** What becomes of a cluster, by its number. */
const listings: readonly ((n: number) => readonly Snapshot[] | typeof timeout)[] = [
  (n) => sixHourly(noon - 1800 - n),
  (n) => sixHourly(noon - 20 * hour - n),
  (n) => [uncompleted('failed', noon - 600), ...sixHourly(noon - hour - n)],
  (n) => [uncompleted('in_progress', noon - 20 * hour), ...sixHourly(noon - 21 * hour - n)],
  () => [],
  () => timeout,
];

function sixHourly(from: number): readonly Snapshot[] {
  return Array.from({ length: snapshotsEach }, (_, n) =>
    completed(from - n * 6 * hour, {
      id: `${from}-${n}`,
      sizeBytes: 40_000_000_000 - n * 7_000_000,
      policyItemIds: ['i1'],
    }),
  );
}

/** So many clusters in twenty projects, one in six in each of six ways. */
export function largeFleet(count: number): Fleet {
  const ids = Array.from({ length: 20 }, (_, n) => `${String(n).padStart(4, '0')}`.padEnd(24, 'f'));
  const all = Array.from({ length: count }, (_, n) => ({
    id: ids[n % ids.length] ?? '',
    name: `production-cluster-${n}`,
    n,
  }));
  return fleetAfter([
    {
      projects: { main: ids.map((id, n) => project(id, `department-${n}`)) },
      clusters: Object.fromEntries(
        ids.map((id) => [
          id,
          all.filter((one) => one.id === id).map(({ name }) => cluster(`${id}/${name}`)),
        ]),
      ),
      backups: Object.fromEntries(
        all.map(({ id, name, n }) => [`${id}/${name}`, listings[n % listings.length]?.(n) ?? []]),
      ),
      schedules: Object.fromEntries(all.map(({ id, name }) => [`${id}/${name}`, schedule])),
    },
  ]);
}

const schedule = {
  nextSnapshotAt: noon + 4 * hour,
  referenceHour: 4,
  referenceMinute: 0,
  policyItems: [
    { id: 'i1', frequency: 'hourly', interval: 6, retentionUnit: 'days', retentionValue: 7 },
  ],
  restoreWindowDays: undefined,
  autoExport: false,
} as const;
