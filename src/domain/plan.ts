import { createHash } from 'node:crypto';
import { collectorKey } from './collected.ts';
import { expectedIntervalSeconds } from './longest-gap.ts';
import type { Schedule } from './schedule.ts';

/** A cluster's backup schedule, with the answers to what is asked of it. */
export type Plan = {
  readonly schedule: Schedule;
  /** The longest gap that the schedule allows. Absent when nothing in it fires. */
  readonly expectedIntervalSeconds: number | undefined;
  /** Changes when the policy does; the next run is no part of it. Below 2^48. */
  readonly hash: number;
};

/** The plan of a cluster, as its collector keeps it; undefined: Atlas has no schedule of it. */
export const planKey = collectorKey<Plan | undefined>('schedule');

/** Asked once for each reading of the schedule, not once for each family and scrape. */
export function planOf(schedule: Schedule): Plan {
  return {
    schedule,
    expectedIntervalSeconds: expectedIntervalSeconds(schedule.policyItems),
    hash: createHash('sha256').update(policyText(schedule)).digest().readUIntBE(0, 6),
  };
}

/** What the policy says, whatever the order and the ids of its items. */
function policyText(schedule: Schedule): string {
  const items = schedule.policyItems.map(
    ({ frequency, interval, retentionValue, retentionUnit }) =>
      `${frequency} ${interval} ${retentionValue} ${retentionUnit}`,
  );
  const { referenceHour, referenceMinute, restoreWindowDays, autoExport } = schedule;
  const settings = [referenceHour, referenceMinute, restoreWindowDays, autoExport];
  return [...items.sort(), ...settings].join('\n');
}
