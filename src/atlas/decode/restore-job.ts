import { z } from 'zod';
import { parseDate } from '../dates.ts';
import { decoderOf } from './decoding.ts';
import { anything, flag, id, listOf, orOther, text } from './fields.ts';

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
export const restoreJob = decoderOf(cloudRecord, (one) => ({
  id: one.id,
  state: stateOf(one),
  deliveryType: orOther(cloudDeliveries, one.deliveryType),
  /** Absent for a download, which only gets ready. */
  finishedAt: parseDate(one.finishedAt),
  snapshotId: one.snapshotId,
}));

// A cancelled job says that it failed as well.
function stateOf(one: z.infer<typeof cloudRecord>) {
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

export const flexRestoreJob = decoderOf(flexRecord, (one) => ({
  id: one.id,
  state: orOther(flexStates, one.status) ?? 'other',
  deliveryType: orOther(flexDeliveries, one.deliveryType),
  finishedAt: parseDate(one.restoreFinishedDate),
  snapshotId: one.snapshotId,
}));
