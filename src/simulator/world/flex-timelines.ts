import type { UnixSeconds } from '../../domain/time.ts';
import { spanAt } from './backups.ts';
import { day } from './durations.ts';
import { between, mix, objectId } from './random.ts';
import type { Cluster } from './world.ts';

export type FlexTimeline = ReturnType<typeof timelineOf>;

/** Atlas keeps each flex snapshot for eight days from its scheduled time, whatever becomes of it. */
export const flexRetention = 8 * day;

export function flexStatusAt(timeline: FlexTimeline, now: UnixSeconds) {
  if (now >= timeline.endedAt) return timeline.outcome;
  if (now >= timeline.startedAt) return 'RUNNING';
  return now >= timeline.queuedAt ? 'QUEUED' : 'PENDING';
}

/** One a day at the time of day the cluster was created, the first a day later; oldest first. */
export function flexTimelinesAt(cluster: Cluster, now: UnixSeconds): FlexTimeline[] {
  const { flex, createdAt } = cluster;
  if (flex === undefined) return [];
  const oldest = Math.max(flex.active.from, now - flexRetention, createdAt + 1);
  const first = Math.ceil((oldest - createdAt) / day);
  const last = Math.floor((Math.min(flex.active.until, now) - createdAt) / day);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, n) => {
    const scheduledAt = createdAt + (first + n) * day;
    return timelineOf(cluster, scheduledAt, spanAt(flex.failing, scheduledAt) !== undefined);
  }).filter((timeline) => timeline.createdAt <= now && timeline.scheduledAt + flexRetention > now);
}

function timelineOf(cluster: Cluster, scheduledAt: UnixSeconds, failed: boolean) {
  const jitter = mix(cluster.seed, scheduledAt);
  const createdAt = scheduledAt + between(jitter, 1, 2, 40);
  const startedAt = createdAt + between(jitter, 2, 4, 10);
  return {
    id: objectId(createdAt, cluster.seed),
    scheduledAt,
    createdAt,
    queuedAt: createdAt + 2,
    startedAt,
    endedAt: startedAt + between(jitter, 3, 60, 110),
    outcome: failed ? 'FAILED' : 'COMPLETED',
  } as const;
}
