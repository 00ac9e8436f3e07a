import { z } from 'zod';
import { severities } from '../../alerting/alert.ts';
import { plainText } from '../../domain/phrase.ts';
import type { ActiveAlert } from '../../status/active-alerts.ts';
import { present, time, timeText } from './values.ts';

export const severity = z.enum(severities);

/** What is said of every alert whose condition is true, about a cluster or the exporter. */
export const alertShape = {
  name: z.string().describe('Of the shipped alert.'),
  severity,
  message: z.string(),
};

/** A shipped alert about a cluster whose condition is true now. */
export const alertRecord = z.object({
  ...alertShape,
  since: time.optional().describe('Since when it is true, by what was read.'),
  first_seen_at: time
    .optional()
    .describe('The end of the poll that first met it. Absent: it became true after the last poll.'),
  first_seen_at_start: z
    .boolean()
    .describe('The first poll of this process met it: it may have been true before.'),
  for_seconds: z.number().describe('How long Prometheus waits before it fires.'),
  fires_at: time.optional().describe('When Prometheus fires it, at the earliest.'),
  runbook_url: z.string(),
});

export function alertRecordOf(one: ActiveAlert): z.input<typeof alertRecord> {
  return present({
    name: one.name,
    severity: one.severity,
    message: plainText(one.says),
    since: timeText(one.since),
    first_seen_at: timeText(one.knownSince),
    first_seen_at_start: one.fromTheStart,
    for_seconds: one.forSeconds,
    fires_at: timeText(one.firesAt),
    runbook_url: one.runbook,
  });
}
