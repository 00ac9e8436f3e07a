import type { UnixSeconds } from '../../domain/time.ts';
import { listedDate } from '../api/dates.ts';
import { type FlexTimeline, flexRetention, flexStatusAt } from '../world/flex-timelines.ts';
import type { Cluster } from '../world/world.ts';

/** Flex snapshots have neither size nor type nor links. */
export function flexSnapshot(cluster: Cluster, timeline: FlexTimeline, now: UnixSeconds): object {
  return {
    expiration: listedDate(timeline.scheduledAt + flexRetention),
    finishTime: now >= timeline.endedAt ? listedDate(timeline.endedAt) : undefined,
    id: timeline.id,
    mongoDBVersion: cluster.mongodbVersion,
    scheduledTime: listedDate(timeline.scheduledAt),
    startTime: now >= timeline.startedAt ? listedDate(timeline.startedAt) : undefined,
    status: flexStatusAt(timeline, now),
  };
}
