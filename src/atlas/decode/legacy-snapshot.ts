import { z } from 'zod';
import type { Snapshot } from '../../domain/snapshot.ts';
import type { UnixSeconds } from '../../domain/time.ts';
import { objectIdTime } from '../../domain/time.ts';
import { parseDate } from '../dates.ts';
import { type Decoder, decoderOf, type Findings, sizeBytes } from './decoding.ts';
import { anything, flag, id, listOf, partOf, text } from './fields.ts';
import { idOf, snapshotFrom, unstated } from './snapshot.ts';

const legacyRecord = z.object({
  id,
  complete: z.boolean(),
  created: partOf({ date: z.unknown() }),
  expires: anything,
  doNotDelete: flag,
  parts: listOf(
    z.object({
      storageSizeBytes: anything,
      completedTime: anything,
      encryptionEnabled: flag,
      mongodVersion: text,
    }),
  ),
});

/** A legacy snapshot is complete or not: it has no failed state, type, frequency or provider. */
export const legacySnapshot: Decoder<Snapshot> = decoderOf(
  legacyRecord,
  (one, findings) => {
    const createdAt = parseDate(one.created?.date);
    return snapshotFrom(
      one.complete ? 'completed' : 'in_progress',
      {
        id: one.id,
        source: 'legacy',
        requestedAt: createdAt ?? objectIdTime(one.id),
        expiresAt: one.doNotDelete === true ? Number.POSITIVE_INFINITY : parseDate(one.expires),
        ...unstated,
        mongodbVersion: one.parts[0]?.mongodVersion,
        encrypted: one.parts.some(({ encryptionEnabled }) => encryptionEnabled === true),
      },
      {
        takenAt: createdAt,
        finishedAt: latest(one.parts.map(({ completedTime }) => parseDate(completedTime))),
        sizeBytes: () => sumOfSizes(one.parts, findings, one.id),
      },
      findings,
    );
  },
  idOf,
);

/** There is no total: the parts add up, and one part without a size leaves no sum. */
function sumOfSizes(
  parts: readonly { readonly storageSizeBytes?: unknown }[],
  findings: Findings,
  snapshotId: string,
): number | undefined {
  const sum = parts.reduce((total, part) => total + Number(part.storageSizeBytes), 0);
  const allNumbers = parts.every((part) => typeof part.storageSizeBytes === 'number');
  return sizeBytes(allNumbers && parts.length > 0 ? sum : undefined, findings, snapshotId);
}

/** The last of the times; undefined unless all are known. */
function latest(times: readonly (UnixSeconds | undefined)[]): UnixSeconds | undefined {
  const all = times.filter((time) => time !== undefined);
  return all.length === 0 || all.length < times.length ? undefined : Math.max(...all);
}
