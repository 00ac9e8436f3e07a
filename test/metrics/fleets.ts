import type { Cluster } from '../../src/domain/cluster.ts';
import type { Fleet } from '../../src/domain/fleet.ts';
import type { Schedule } from '../../src/domain/schedule.ts';
import type { CompletedSnapshot, Snapshot } from '../../src/domain/snapshot.ts';
import { cluster, type Found, fleetAfter, project, timeout } from '../domain/reports.ts';
import { completed, day, hour, noon, uncompleted } from '../domain/snapshots.ts';

export { day, hour, noon };

/** A fleet of one cluster, `payments/ledger`, read at noon. */
function fleetOf(more: Partial<Cluster>, snapshots: readonly Snapshot[]): Fleet {
  return fleetAfter([passOf(more, snapshots)]);
}

const key = 'p1/ledger';

function passOf(more: Partial<Cluster>, snapshots: readonly Snapshot[]) {
  return {
    projects: { main: [project('p1', 'payments')] },
    clusters: { p1: [cluster(key, { id: 'c1', ...more })] },
    backups: { [key]: snapshots },
  } satisfies Found;
}

/** Every six hours for two days, the newest half an hour old, each a bit larger than the one before. */
function sixHourly(more: Partial<CompletedSnapshot> = {}): readonly CompletedSnapshot[] {
  return Array.from({ length: 8 }, (_, n) =>
    completed(noon - 1800 - n * 6 * hour, { sizeBytes: 2_000_000_000 - n * 1_000_000, ...more }),
  );
}

const [newest = completed(noon)] = sixHourly();
const failure = uncompleted('failed', noon - 2 * hour);
const running = uncompleted('in_progress', noon - 300, { id: 'run' });
const healthyPass = passOf({}, sixHourly());

const flexSnapshots = [1, 2].map((n) =>
  completed(noon - n * day, {
    source: 'flex',
    requestedAt: noon - n * day - 10,
    finishedAt: noon - n * day + 75,
    expiresAt: noon + (8 - n) * day,
    sizeBytes: undefined,
    type: undefined,
    frequency: undefined,
    cloudProvider: undefined,
    encrypted: undefined,
  }),
);
const flex: Partial<Cluster> = {
  topology: 'flex',
  instanceSize: 'FLEX',
  paused: undefined,
  pitEnabled: undefined,
};

const legacySnapshots = [1, 2].map((n) =>
  completed(noon - n * day, {
    source: 'legacy',
    requestedAt: noon - n * day,
    finishedAt: noon - n * day + 600,
    type: undefined,
    frequency: undefined,
    cloudProvider: undefined,
    mongodbVersion: '4.0.28',
  }),
);

/** Every six hours and every day, and continuous backup for a week. */
const schedule: Schedule = {
  nextSnapshotAt: noon + 4 * hour,
  referenceHour: 4,
  referenceMinute: 0,
  policyItems: [
    { id: 'i1', frequency: 'hourly', interval: 6, retentionUnit: 'days', retentionValue: 7 },
    { id: 'i2', frequency: 'daily', interval: 1, retentionUnit: 'months', retentionValue: 3 },
  ],
  restoreWindowDays: 7,
  autoExport: false,
};
const scheduledPass = {
  ...passOf({ pitEnabled: true }, sixHourly({ policyItemIds: ['i1'] })),
  schedules: { [key]: schedule },
} satisfies Found;
const announced = { schedules: { [key]: { ...schedule, nextSnapshotAt: noon - hour } } };

/** One state a fleet, of one cluster where not said otherwise; all are seen at noon. */
export const fleets = {
  unpolled: fleetAfter([], { main: ['payments'] }),
  unread: fleetAfter([{ ...healthyPass, backups: {} }]),
  neverRead: fleetAfter([{ ...healthyPass, backups: { [key]: timeout } }]),
  healthy: fleetAfter([healthyPass]),
  sharded: fleetOf(
    { topology: 'sharded', instanceSize: 'M30', cloudProvider: 'multiple', pitEnabled: true },
    sixHourly({ cloudProvider: 'multiple', encrypted: true }),
  ),
  flex: fleetOf(flex, flexSnapshots),
  legacy: fleetOf(
    { createdAt: Date.UTC(2019, 5, 1) / 1000, mongodbVersion: '4.0.28' },
    legacySnapshots,
  ),
  paused: fleetOf({ paused: true }, sixHourly().slice(4)),
  disabled: fleetOf({ backupEnabled: false }, []),
  neverBackedUp: fleetOf({ createdAt: noon - 6 * day }, []),
  firstRunning: fleetOf({ createdAt: undefined }, [running]),
  stuck: fleetOf({}, [uncompleted('in_progress', noon - 38 * hour), ...sixHourly().slice(7)]),
  failing: fleetOf({}, [failure, ...sixHourly().slice(1)]),
  keptForEver: fleetOf({}, [{ ...newest, expiresAt: Number.POSITIVE_INFINITY }]),
  fallback: fleetOf({}, [newest, completed(noon - day, { type: 'fallback' })]),
  watched: fleetAfter([
    { ...passOf({}, [running, ...sixHourly()]), at: noon - 300 },
    passOf({}, [
      completed(noon - 120, { id: 'run', requestedAt: noon - 300 }),
      ...sixHourly().slice(2),
    ]),
  ]),
  stale: fleetAfter([
    { ...healthyPass, at: noon - hour },
    { clusters: { p1: timeout }, backups: { [key]: timeout } },
  ]),
  expired: fleetAfter([
    { ...passOf({}, [failure, running, ...sixHourly()]), at: noon - hour - 1 },
    { clusters: { p1: timeout }, backups: { [key]: timeout } },
  ]),
  scheduled: fleetAfter([scheduledPass]),
  scheduleMissing: fleetAfter([{ ...healthyPass, schedules: { [key]: null } }]),
  scheduleFailed: fleetAfter([{ ...healthyPass, schedules: { [key]: timeout } }]),
  scheduleStale: fleetAfter([
    { ...scheduledPass, ...announced, at: noon - 2 * hour },
    { backups: healthyPass.backups, schedules: { [key]: timeout } },
  ]),
  scheduleExpired: fleetAfter([
    { ...scheduledPass, at: noon - 4 * hour },
    { backups: scheduledPass.backups, schedules: { [key]: timeout } },
  ]),
  scheduledAndExpired: fleetAfter([
    { ...scheduledPass, at: noon - hour - 1 },
    { backups: { [key]: timeout } },
  ]),
  exempt: fleetAfter([
    {
      projects: { main: [project('p1', 'payments')] },
      clusters: { p1: [cluster('p1/sandbox', { backupEnabled: false })] },
      backups: { 'p1/sandbox': [] },
    },
  ]),
  future: fleetAfter([{ ...healthyPass, futureAt: { [key]: noon + day } }]),
  projectUnlisted: fleetAfter([{ projects: { main: [project('p1', 'payments')] } }]),
  projectEmpty: fleetAfter([
    { projects: { main: [project('p1', 'payments')] }, clusters: { p1: [] } },
  ]),
  twins: fleetAfter([
    {
      projects: { main: [project('p1', 'payments'), project('p2', 'payments')] },
      clusters: { p1: ['ledger'], p2: ['ledger'] },
      backups: { [key]: sixHourly(), 'p2/ledger': [] },
    },
  ]),
  nothing: fleetAfter([]),
} as const satisfies Readonly<Record<string, Fleet>>;

export type FleetName = keyof typeof fleets;
export const fleetNames = Object.keys(fleets) as readonly FleetName[];

/** All of them side by side, each in a project of its own. */
export const mixedFleet: Fleet = {
  accounts: new Map(
    fleetNames.flatMap((name) =>
      [...fleets[name].accounts].map(([of, it]) => [`${of} ${name}`, it] as const),
    ),
  ),
  projects: new Map(
    fleetNames.flatMap((name) =>
      [...fleets[name].projects].map(([id, tracked]) => [
        `${name} ${id}`,
        { ...tracked, project: { ...tracked.project, id: `${name} ${id}` } },
      ]),
    ),
  ),
  clusters: new Map(
    fleetNames.flatMap((name) =>
      [...fleets[name].clusters].map(([of, tracked]) => [
        `${name} ${of}`,
        {
          ...tracked,
          cluster: { ...tracked.cluster, projectId: `${name} ${tracked.cluster.projectId}` },
        },
      ]),
    ),
  ),
};
