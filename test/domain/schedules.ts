import type { PolicyItem, Schedule } from '../../src/domain/schedule.ts';
import { hour, noon } from './snapshots.ts';

export function item(
  id: string,
  frequency: PolicyItem['frequency'],
  interval: number,
  more: Partial<PolicyItem> = {},
): PolicyItem {
  return { id, frequency, interval, retentionUnit: 'days', retentionValue: 7, ...more };
}

/** Every so many hours; the next run is announced for an hour after noon. */
export function everyHours(hours: number, more: Partial<Schedule> = {}): Schedule {
  return {
    nextSnapshotAt: noon + hour,
    referenceHour: 13,
    referenceMinute: 0,
    policyItems: [item('hourly item', 'hourly', hours)],
    restoreWindowDays: undefined,
    autoExport: false,
    ...more,
  };
}
