import type { UnixSeconds } from '../../domain/time.ts';
import { type Backups, type OnDemand, type Span, spanAt } from './backups.ts';
import { day, forever } from './durations.ts';
import { type Firing, keptFirings, nextFiring, retentionOf } from './firing.ts';
import { between, fraction, mix, objectId } from './random.ts';
import type { Cluster } from './world.ts';

/** All that ever becomes known about one snapshot; what a reply shows depends on the time. */
export type SnapshotTimeline = {
  readonly id: string;
  readonly requestedAt: UnixSeconds;
  /** Leaves the queue. */
  readonly startedAt: UnixSeconds;
  readonly versionKnownAt: UnixSeconds;
  readonly providerKnownAt: UnixSeconds;
  /** The disk snapshot; the upload follows. */
  readonly takenAt: UnixSeconds;
  /** Completed or failed then. Infinity: stuck. */
  readonly endedAt: UnixSeconds;
  readonly outcome: 'completed' | 'failed';
  readonly retentionSeconds: number;
  readonly sizeBytes: number;
  readonly firing: Firing | undefined;
  readonly onDemand: OnDemand | undefined;
  readonly fallback: boolean;
};

export type Status = 'queued' | 'inProgress' | 'completed' | 'failed';

export function statusAt(timeline: SnapshotTimeline, now: UnixSeconds): Status {
  if (now >= timeline.endedAt) return timeline.outcome;
  return now >= timeline.startedAt ? 'inProgress' : 'queued';
}

/** Counted from the request until the snapshot has completed, and from its completion afterwards. */
export function expiresAt(timeline: SnapshotTimeline, now: UnixSeconds): UnixSeconds {
  const counted = statusAt(timeline, now) === 'completed' ? timeline.endedAt : timeline.requestedAt;
  return counted + timeline.retentionSeconds;
}

// Finding the firings of a year costs far more than one listing of them.
const cache = new WeakMap<Backups, Span & { readonly firings: readonly Firing[] }>();

function firingsAt(backups: Backups, now: UnixSeconds): readonly Firing[] {
  const known = cache.get(backups);
  if (known !== undefined && now >= known.from && now < known.until) return known.firings;
  const { active, pauses, policy, stuckFrom } = backups;
  const kept = keptFirings(policy, active.from, now).filter(
    ({ at }) => at < active.until && spanAt(pauses, at) === undefined,
  );
  const stuckAt = stuckFrom === undefined ? undefined : nextFiring(policy, stuckFrom - 1);
  const firings =
    stuckAt === undefined || stuckAt > now
      ? kept
      : // However old it is: what does not end does not expire.
        [...kept.filter(({ at }) => at < stuckAt), ...keptFirings(policy, stuckAt, stuckAt)];
  const until = nextFiring(policy, now) ?? forever;
  cache.set(backups, { firings, from: now, until });
  return firings;
}

/** The snapshots that are there at `now`, newest first. */
export function timelinesAt(
  cluster: Cluster,
  backups: Backups | undefined,
  now: UnixSeconds,
): SnapshotTimeline[] {
  if (backups === undefined) return [];
  return [...firingsAt(backups, now), ...backups.onDemand]
    .map((asked) => timelineOf(cluster, backups, asked))
    .filter(
      (timeline) =>
        timeline.requestedAt <= now &&
        (timeline.endedAt === forever || expiresAt(timeline, now) > now),
    )
    .sort((a, b) => b.requestedAt - a.requestedAt);
}

function timelineOf(
  cluster: Cluster,
  backups: Backups,
  asked: Firing | OnDemand,
): SnapshotTimeline {
  const { at } = asked;
  const jitter = mix(cluster.seed, at);
  const requestedAt = at + between(jitter, 1, 0, 20);
  const startedAt = requestedAt + between(jitter, 2, 3, 60);
  const run = between(jitter, 3, 60, 600);
  const timeline = {
    id: objectId(requestedAt, cluster.seed),
    requestedAt,
    startedAt,
    versionKnownAt: startedAt + Math.floor(run * 0.1),
    providerKnownAt: startedAt + Math.floor(run * 0.3),
    takenAt: startedAt + Math.floor(run * 0.5),
    endedAt: startedAt + run,
    sizeBytes: sizeAt(cluster, requestedAt, jitter),
    outcome: 'completed',
    fallback: false,
    firing: undefined,
    onDemand: undefined,
  } as const;
  if ('retentionDays' in asked) {
    return { ...timeline, onDemand: asked, retentionSeconds: asked.retentionDays * day };
  }
  const isStuck = backups.stuckFrom !== undefined && at >= backups.stuckFrom;
  return {
    ...timeline,
    takenAt: timeline.takenAt + (spanAt(backups.ahead, at)?.seconds ?? 0),
    endedAt: isStuck ? forever : timeline.endedAt,
    outcome: spanAt(backups.failing, at) === undefined ? 'completed' : 'failed',
    fallback: spanAt(backups.fallback, at) !== undefined,
    firing: asked,
    retentionSeconds: retentionOf(asked),
  };
}

/** Data grows by about a third a year, and no two snapshots are of one size. */
function sizeAt(cluster: Cluster, at: UnixSeconds, jitter: number): number {
  const years = Math.max(0, at - cluster.createdAt) / 31_557_600;
  const noise = 0.99 + 0.02 * fraction(jitter, 4);
  // Storage comes in blocks of 4 KiB.
  return Math.floor((cluster.sizeBytes * (1 + years / 3) * noise) / 4096) * 4096;
}
