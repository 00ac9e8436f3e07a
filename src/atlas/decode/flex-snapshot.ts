import { z } from 'zod';
import type { Snapshot, SnapshotStatus } from '../../domain/snapshot.ts';
import { objectIdTime } from '../../domain/time.ts';
import { parseDate } from '../dates.ts';
import { type Decoder, decoderOf, known } from './decoding.ts';
import { anything, id, text } from './fields.ts';
import { idOf, snapshotFrom, unstated } from './snapshot.ts';

const flexStatuses: Readonly<Record<string, SnapshotStatus>> = {
  PENDING: 'queued',
  QUEUED: 'queued',
  RUNNING: 'in_progress',
  COMPLETED: 'completed',
  FAILED: 'failed',
};

const flexRecord = z.object({
  id,
  status: z.string(),
  scheduledTime: anything,
  startTime: anything,
  finishTime: anything,
  expiration: anything,
  mongoDBVersion: text,
});

export const flexSnapshot: Decoder<Snapshot> = decoderOf(
  flexRecord,
  (one, findings) => {
    const scheduledAt = parseDate(one.scheduledTime);
    return snapshotFrom(
      known(flexStatuses, one.status, 'status', findings) ?? 'other',
      {
        id: one.id,
        source: 'flex',
        requestedAt: scheduledAt ?? objectIdTime(one.id),
        expiresAt: parseDate(one.expiration),
        ...unstated,
        mongodbVersion: one.mongoDBVersion,
        encrypted: undefined,
      },
      {
        takenAt: parseDate(one.startTime) ?? scheduledAt,
        finishedAt: parseDate(one.finishTime),
        sizeBytes: () => undefined,
      },
      findings,
    );
  },
  idOf,
);
