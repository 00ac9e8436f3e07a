import type { UnixSeconds } from '../../domain/time.ts';
import { listedDate } from '../dates.ts';
import { type FlexLife, flexRetention, flexStatusAt } from '../flex.ts';
import type { Cluster } from '../world.ts';

/** Flex snapshots have neither size nor type nor links. */
export function flexSnapshot(cluster: Cluster, life: FlexLife, now: UnixSeconds): object {
  return {
    expiration: listedDate(life.scheduledAt + flexRetention),
    finishTime: now >= life.endedAt ? listedDate(life.endedAt) : undefined,
    id: life.id,
    mongoDBVersion: cluster.mongodbVersion,
    scheduledTime: listedDate(life.scheduledAt),
    startTime: now >= life.startedAt ? listedDate(life.startedAt) : undefined,
    status: flexStatusAt(life, now),
  };
}
