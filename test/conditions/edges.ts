import { everyHours, item } from '../domain/schedules.ts';
import { completed, day, hour, noon, uncompleted } from '../domain/snapshots.ts';
import type { History, Script } from './history.ts';

/** A second before the edge of a threshold, on it, and one behind it. */
export const sides = [
  ['before', -1],
  ['on', 0],
  ['behind', 1],
] as const;

/** Three clusters, one at each side. */
export function around(
  name: string,
  script: (offset: number) => Script,
): Readonly<Record<string, Script>> {
  return Object.fromEntries(sides.map(([side, offset]) => [`${name} ${side}`, script(offset)]));
}

const minute = 60;
/** Of a policy with one snapshot every 6 hours, and an hour of grace. */
const allowed = 7 * hour;
const scheduled = { policyItemIds: ['hourly item'] };
const byDemand = { type: 'on_demand', frequency: 'on_demand' } as const;

/** A cluster with one completed snapshot. */
export function withOne(takenAt: number, more: Parameters<typeof completed>[1] = {}): Script {
  return { snapshots: () => [completed(takenAt, { ...scheduled, ...more })] };
}

const deadlines = {
  ...around('overdue', (offset) => withOne(noon - allowed + offset)),
  ...around('never-taken', (offset) => ({
    facts: () => ({ createdAt: noon - allowed + offset }),
    snapshots: () => [],
  })),
  ...around('unverified', (offset) => ({
    ...withOne(noon - 600 - allowed + offset),
    readUntil: noon - 40 * minute,
  })),
  ...around('read-at-deadline', (offset) => ({
    ...withOne(noon - 40 * minute - allowed + offset),
    readUntil: noon - 40 * minute,
  })),
};

const recoverability = {
  ...around('lost', (offset) => withOne(noon - hour, { expiresAt: noon + offset })),
  ...around('ending', (offset) => withOne(noon - 3 * day, { expiresAt: noon + day + offset })),
  // Half of the time from the newest snapshot to the end is one second less, as much, or one more.
  ...around('ending-by-share', (offset) =>
    withOne(noon - 10 * hour - 2 * offset, { expiresAt: noon + 10 * hour }),
  ),
};

const pending = (ago: number) => uncompleted('in_progress', noon - ago);
/** Flex snapshots say how long they took. */
const flex = (usual: number, pendingFor: number): Script => ({
  facts: () => ({ topology: 'flex', instanceSize: 'FLEX', paused: undefined }),
  snapshots: () => [
    completed(noon - 12 * hour, { source: 'flex', finishedAt: noon - 12 * hour + usual }),
    uncompleted('in_progress', noon - pendingFor, { source: 'flex' }),
  ],
});

const sized = (newest: number, before: number): Script => ({
  snapshots: () =>
    [newest, before, 1000, 1000, 1000, 1000, 1000].map((sizeBytes, n) =>
      completed(noon - (n + 1) * hour, { ...scheduled, sizeBytes }),
    ),
});

const snapshots = {
  ...around('stuck', (offset) => ({
    snapshots: () => [completed(noon - hour, scheduled), pending(6 * hour + offset)],
  })),
  ...around('stuck-by-usual', (offset) => flex(1000, 10_000 + offset)),
  ...around('stuck-though-short', (offset) => flex(600, 2 * hour + offset)),
  ...around('stuck-though-long', (offset) => flex(hour, 6 * hour + offset)),
  ...around('small', (offset) => sized(500 + offset, 500 + offset)),
  ...around('newest-small', (offset) => sized(500 + offset, 400)),
  ...around('older-small', (offset) => sized(400, 500 + offset)),
  ...around('large', (offset) => sized(2000 + offset, 2000 + offset)),
  ...around('newest-large', (offset) => sized(2000 + offset, 3000)),
  ...around('older-large', (offset) => sized(3000, 2000 + offset)),
  ...around('future', (offset) => withOne(noon + 900 + offset)),
  ...around('future-left-out', (offset) => ({
    ...withOne(noon - hour),
    futureAt: () => noon + 900 + offset,
  })),
};

const silent = (takenAt: number, onDemandAt: number): Script => ({
  snapshots: () => [completed(takenAt, scheduled), completed(onDemandAt, { id: 'x', ...byDemand })],
});

/** Of a policy of two items, so many hours after the newest snapshot of each. */
const silentOfTwo = (hourly: number, daily: number): Script => ({
  snapshots: () => [
    completed(noon - hourly * hour, scheduled),
    completed(noon - daily * hour, { policyItemIds: ['daily item'] }),
    completed(noon - hour, { id: 'x', ...byDemand }),
  ],
  schedule: () =>
    everyHours(6, {
      policyItems: [item('hourly item', 'hourly', 6), item('daily item', 'daily', 1)],
    }),
});

const schedules = {
  ...around('run-in-past', (offset) => ({
    ...withOne(noon - hour),
    schedule: () => everyHours(6, { nextSnapshotAt: noon - 2 * hour + offset }),
  })),
  'run-in-past paused': {
    ...withOne(noon - hour),
    facts: () => ({ paused: true }),
    schedule: () => everyHours(6, { nextSnapshotAt: noon - 9 * hour }),
  },
  'run-in-past paused unread': {
    ...withOne(noon - hour),
    facts: () => ({ paused: true }),
    schedule: () => everyHours(6, { nextSnapshotAt: noon - 9 * hour }),
    readUntil: noon - 2 * hour,
  },
  'run-in-past schedule unread': {
    ...withOne(noon - hour),
    schedule: () => everyHours(6, { nextSnapshotAt: noon - 9 * hour }),
    scheduleReadUntil: noon - hour,
  },
  'silent schedule unread': {
    ...silent(noon - 9 * hour, noon - hour),
    scheduleReadUntil: noon - hour,
  },
  ...around('silent', (offset) => silent(noon - 8 * hour + offset, noon - hour)),
  'silent neither': silentOfTwo(9, 40),
  'silent not hourly': silentOfTwo(2, 40),
  'silent not daily': silentOfTwo(40, 2),
  // Where another objective keeps it from being overdue.
  ...around('slow-silent', (offset) => silent(noon - 20 * hour, noon - 20 * hour + offset)),
} satisfies Readonly<Record<string, Script>>;

/** Something that changes an hour before noon. */
const happensAt = (offset: number) => noon - hour + offset;
const windows = {
  ...around('vanished', (offset) => ({
    snapshots: (at) => [
      completed(noon - 2 * hour, scheduled),
      ...(at < happensAt(offset) ? [completed(noon - 3 * hour, scheduled)] : []),
    ],
  })),
  ...around('cut', (offset) => ({
    snapshots: (at) => [
      completed(noon - 2 * hour, {
        ...scheduled,
        expiresAt: noon + (at < happensAt(offset) ? 9 : 8) * day,
      }),
    ],
  })),
  ...around('changed', (offset) => ({
    ...withOne(noon - 2 * hour),
    schedule: (at) => everyHours(at < happensAt(offset) ? 5 : 6),
  })),
};

const unreadSince = (seconds: number) =>
  around('unread', (offset) => ({
    ...withOne(noon - 2 * hour),
    readUntil: noon - seconds + offset,
  }));

/** Every five minutes, and a second before, at and after some time before noon. */
export function pollsAround(edges: readonly number[], step = 300, from = 4 * hour) {
  const regular = Array.from({ length: from / step + 1 }, (_, n) => n * step);
  const close = edges.flatMap((edge) => sides.map(([, offset]) => edge - offset));
  return [...new Set([...regular, ...close])].sort((a, b) => b - a).map((ago) => noon - ago);
}

const timing = { pollIntervalSeconds: 300, sweepIntervalSeconds: 0 };

/** Clusters of which a threshold is met by a second, missed by one, or hit. */
export const edgeHistories: readonly History[] = [
  {
    exporter: 'edges',
    timing,
    polls: pollsAround([hour]),
    // A change shows in Prometheus between two samples.
    scrapes: sides.map(([, offset]) => happensAt(offset) - 0.5),
    end: noon,
    clusters: {
      ...{ ...deadlines, ...recoverability, ...snapshots, ...schedules, ...windows },
      ...unreadSince(hour),
    },
  },
  {
    exporter: 'edges of a sweep',
    timing: { ...timing, sweepIntervalSeconds: hour },
    polls: pollsAround([2 * hour]),
    scrapes: [],
    end: noon,
    clusters: { ...unreadSince(2 * hour), well: withOne(noon - hour) },
  },
  {
    exporter: 'edges of slow polls',
    timing: { ...timing, pollIntervalSeconds: 1200 },
    polls: pollsAround([4 * 1200], 1200),
    scrapes: [],
    end: noon,
    clusters: { ...unreadSince(4 * 1200), well: withOne(noon - hour) },
  },
];
