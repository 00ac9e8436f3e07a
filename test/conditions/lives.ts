import fc from 'fast-check';
import type { Cluster } from '../../src/domain/cluster.ts';
import type { CompletedSnapshot, Snapshot } from '../../src/domain/snapshot.ts';
import { everyHours } from '../domain/schedules.ts';
import { completed, hour, noon, uncompleted } from '../domain/snapshots.ts';
import type { History, Script } from './history.ts';

const minute = 60;

/** How long before the end a thing happens: never near an edge of a window of the rules. */
const agoMinutes = fc.constantFrom(25, 45, 80, 180);

const happenings = [
  'nothing',
  'vanishes',
  'is cut',
  'is emptied',
  'policy changes',
  'pauses',
  'resumes',
  'is switched on',
  'is switched off',
  'ran',
] as const;

/** The last hours of one cluster, up to noon. */
const anyLife = fc.record({
  kind: fc.constantFrom('replica_set', 'replica_set', 'flex', 'legacy', 'M0'),
  exempt: oneIn(10),
  disabled: oneIn(10),
  paused: oneIn(12),
  createdHoursAgo: fc.constantFrom(1, 9, 400),
  everyHours: fc.constantFrom(1, 6, 6, 24, undefined),
  nextInMinutes: fc.constantFrom(-300, -130, 40, 600, undefined),
  snapshots: fc.constantFrom(0, 1, 7, 7, 7),
  newestHoursAgo: fc.constantFrom(0.5, 2, 5, 7.5, 20, 30, 100),
  onDemand: oneIn(4),
  lastExpiresInHours: fc.constantFrom(-2, 1, 10, 60, 300, Number.POSITIVE_INFINITY, undefined),
  sizes: fc.constantFrom('usual', 'usual', 'one small', 'small', 'large'),
  failedHoursAgo: fc.constantFrom(undefined, undefined, 0.4, 40),
  pendingHoursAgo: fc.constantFrom(undefined, undefined, 0.5, 2.5, 7),
  future: fc.constantFrom(undefined, undefined, undefined, undefined, undefined, hour),
  unreadMinutes: fc.constantFrom(0, 0, 0, 40, 85, 130, Number.POSITIVE_INFINITY),
  happens: fc.constantFrom(...happenings),
  agoMinutes,
});
type Life = typeof anyLife extends fc.Arbitrary<infer L> ? L : never;

function oneIn(count: number): fc.Arbitrary<boolean> {
  return fc.integer({ min: 1, max: count }).map((drawn) => drawn === count);
}

const lives = fc.sample(anyLife, { seed: 20_260_812, numRuns: 250 });
const nameOf = ({ exempt }: Life, n: number) => `${exempt ? 'sandbox' : 'c'}${n}`;

const pollSeconds = 300;
const polls = Array.from(
  { length: (4 * hour) / pollSeconds + 1 },
  (_, n) => noon - 4 * hour + n * pollSeconds,
);

/** The same clusters as four exporters see them. */
export const liveHistories: readonly History[] = [
  seenBy('reads all'),
  seenBy('reads all once an hour', { sweepIntervalSeconds: hour }),
  seenBy('cannot read each third schedule', { unreadable: 3 }),
  seenBy('has read nothing for hours', { unreadMinutes: 130 }),
];

function seenBy(
  exporter: string,
  {
    sweepIntervalSeconds = 0,
    unreadable = Number.POSITIVE_INFINITY,
    unreadMinutes = 0,
  }: {
    readonly sweepIntervalSeconds?: number;
    readonly unreadable?: number;
    readonly unreadMinutes?: number;
  } = {},
): History {
  const scripts = lives.map((life, n): [string, Script] => {
    const name = nameOf(life, n);
    const unread = Math.max(life.unreadMinutes, unreadMinutes);
    return [
      name,
      {
        ...scriptOf({ ...life, unreadMinutes: unread }),
        ...(n % unreadable === 1 ? { scheduleReadUntil: noon - hour } : {}),
      },
    ];
  });
  return {
    exporter,
    timing: { pollIntervalSeconds: pollSeconds, sweepIntervalSeconds },
    polls,
    scrapes: [],
    end: noon,
    clusters: Object.fromEntries(scripts),
  };
}

function scriptOf(life: Life): Script {
  const since = noon - life.agoMinutes * minute;
  const { future } = life;
  return {
    facts: (at) => factsOf(life, at >= since),
    snapshots: (at) => listing(life, since, at),
    schedule: (at) => scheduleOf(life, at >= since),
    readUntil: noon - life.unreadMinutes * minute,
    ...(future === undefined ? {} : { futureAt: (at) => at + future }),
  };
}

function factsOf(life: Life, since: boolean): Partial<Cluster> {
  const { kind, happens } = life;
  const flex = kind === 'flex';
  const seenPaused = happens === 'resumes' ? !since : happens === 'pauses' && since;
  const seenOff = happens === 'is switched on' ? !since : happens === 'is switched off' && since;
  return {
    ...(flex ? { topology: 'flex', instanceSize: 'FLEX', pitEnabled: undefined } : {}),
    ...(kind === 'M0' ? { instanceSize: 'M0' } : {}),
    paused: flex ? undefined : life.paused || seenPaused,
    backupEnabled: !life.disabled && !seenOff,
    createdAt: noon - life.createdHoursAgo * hour,
  };
}

function scheduleOf({ kind, everyHours: every, nextInMinutes, happens }: Life, since: boolean) {
  if (kind === 'legacy' || every === undefined) return null;
  const changed = happens === 'policy changes' && since;
  const nextSnapshotAt = nextInMinutes === undefined ? undefined : noon + nextInMinutes * minute;
  return everyHours(changed ? every * 2 : every, { nextSnapshotAt });
}

function listing(life: Life, since: number, at: number): readonly Snapshot[] {
  const { happens, failedHoursAgo, pendingHoursAgo } = life;
  const uncompletedOnes = [
    ...(failedHoursAgo === undefined ? [] : [uncompleted('failed', noon - failedHoursAgo * hour)]),
    ...(pendingHoursAgo === undefined
      ? []
      : [uncompleted('in_progress', noon - pendingHoursAgo * hour)]),
  ];
  const emptied = happens === 'is emptied' && at >= since;
  return [
    ...(emptied ? [] : completedOnes(life, at >= since)),
    ...(happens === 'ran' ? [ran(since, at)] : []),
    ...uncompletedOnes,
  ].filter(({ requestedAt }) => requestedAt <= at);
}

function completedOnes(life: Life, since: boolean): readonly CompletedSnapshot[] {
  const { kind, snapshots, newestHoursAgo, lastExpiresInHours: left, happens } = life;
  const all = Array.from({ length: snapshots }, (_, n) => {
    const takenAt = noon - (newestHoursAgo + n * 6) * hour;
    const cut = happens === 'is cut' && since && n === 1 ? 1800 : 0;
    const byDemand = { type: 'on_demand', frequency: 'on_demand', policyItemIds: [] } as const;
    return completed(takenAt, {
      source: kind === 'flex' || kind === 'legacy' ? kind : 'cloud',
      expiresAt: left === undefined ? undefined : noon + (left - n) * hour - cut,
      sizeBytes: kind === 'flex' ? undefined : sizeOf(life, n),
      policyItemIds: ['hourly item'],
      ...(life.onDemand && n === 0 ? byDemand : {}),
    });
  });
  return happens === 'vanishes' && since ? all.toSpliced(2, 1) : all;
}

function sizeOf({ sizes }: Life, n: number): number {
  if ((sizes === 'one small' && n === 0) || (sizes === 'small' && n < 2)) return 100;
  return sizes === 'large' && n < 2 ? 5_000 : 1_000 - n;
}

/** A run that the polls before saw under way. */
function ran(since: number, at: number): Snapshot {
  const [id, requestedAt] = ['ran', since - 600];
  return at < since
    ? uncompleted('in_progress', requestedAt, { id })
    : completed(since - 300, { id, requestedAt });
}
