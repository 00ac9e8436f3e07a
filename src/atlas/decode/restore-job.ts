import { z } from 'zod';
import type { UnixSeconds } from '../../domain/time.ts';
import { parseDate } from '../dates.ts';
import { type Decoder, decoderOf } from './decoding.ts';
import { anything, flag, id, listOf, orOther, text } from './fields.ts';

type State =
  | 'queued'
  | 'running'
  | 'download_ready'
  | 'finished'
  | 'failed'
  | 'cancelled'
  | 'expired'
  | 'other';

type RestoreJob = {
  readonly id: string;
  readonly state: State;
  readonly deliveryType: 'automated' | 'download' | 'point_in_time' | 'other' | undefined;
  /** Absent for a download, which only gets ready. */
  readonly finishedAt: UnixSeconds | undefined;
  readonly snapshotId: string | undefined;
};

const cloudRecord = z.object({
  id,
  cancelled: flag,
  expired: flag,
  failed: flag,
  finishedAt: anything,
  expiresAt: anything,
  deliveryType: text,
  // A link that lets anybody who has it download the data: counted, never kept.
  deliveryUrl: listOf(z.unknown()),
  snapshotId: text,
});

const cloudDeliveries = {
  automated: 'automated',
  download: 'download',
  pointInTime: 'point_in_time',
} as const;

/** A restore job of a dedicated cluster. It has no status: flags and dates tell. */
export const restoreJob: Decoder<RestoreJob> = decoderOf(cloudRecord, (one) => ({
  id: one.id,
  state: stateOf(one),
  deliveryType: orOther(cloudDeliveries, one.deliveryType),
  finishedAt: parseDate(one.finishedAt),
  snapshotId: one.snapshotId,
}));

// A cancelled job says that it failed as well.
function stateOf(one: z.infer<typeof cloudRecord>): State {
  if (one.cancelled === true) return 'cancelled';
  if (one.failed === true) return 'failed';
  if (one.expired === true) return 'expired';
  if (parseDate(one.finishedAt) !== undefined) return 'finished';
  const ready = one.deliveryUrl.length > 0 && parseDate(one.expiresAt) !== undefined;
  return ready ? 'download_ready' : 'running';
}

const flexRecord = z.object({
  id,
  status: z.string(),
  deliveryType: text,
  restoreFinishedDate: anything,
  snapshotId: text,
});

const flexStates = {
  PENDING: 'queued',
  QUEUED: 'queued',
  RUNNING: 'running',
  COMPLETED: 'finished',
  FAILED: 'failed',
} as const;
const flexDeliveries = { RESTORE: 'automated', DOWNLOAD: 'download' } as const;

export const flexRestoreJob: Decoder<RestoreJob> = decoderOf(flexRecord, (one) => ({
  id: one.id,
  state: orOther(flexStates, one.status) ?? 'other',
  deliveryType: orOther(flexDeliveries, one.deliveryType),
  finishedAt: parseDate(one.restoreFinishedDate),
  snapshotId: one.snapshotId,
}));
