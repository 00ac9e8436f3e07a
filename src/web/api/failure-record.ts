import { z } from 'zod';
import { type Failure, failureReasons } from '../../domain/failure.ts';
import { present } from './values.ts';

/** A failed read. */
export const failureRecord = z.object({
  reason: z
    .enum(Object.keys(failureReasons) as (keyof typeof failureReasons)[])
    .describe('As in the label `reason` of the metrics.'),
  remedy: z.string().describe('What it means and what to do about it.'),
  endpoint: z.string().optional().describe('The API call.'),
  detail: z.string().optional().describe('An HTTP status or an error code.'),
});

export function failureRecordOf({
  reason,
  endpoint,
  detail,
}: Failure): z.input<typeof failureRecord> {
  return present({
    reason,
    remedy: failureReasons[reason],
    endpoint: endpoint || undefined,
    detail: detail || undefined,
  });
}
