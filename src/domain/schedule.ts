import type { Frequency } from './snapshot.ts';
import type { UnixSeconds } from './time.ts';

/** One line of a backup policy. */
export type PolicyItem = {
  readonly id: string;
  readonly frequency: Frequency;
  /** Hourly: hours. Weekly: weekday, 1 is Monday. Monthly: day, 40 is the last. Yearly: month. */
  readonly interval: number;
  readonly retentionUnit: 'days' | 'weeks' | 'months' | 'years' | 'other';
  readonly retentionValue: number;
};

/** When Atlas takes snapshots of a cluster, and for how long it keeps them. */
export type Schedule = {
  /** Absent when no policy item is left. */
  readonly nextSnapshotAt: UnixSeconds | undefined;
  /** UTC. */
  readonly referenceHour: number | undefined;
  readonly referenceMinute: number | undefined;
  readonly policyItems: readonly PolicyItem[];
  /** Days of continuous backup. Absent where there is none. */
  readonly restoreWindowDays: number | undefined;
  readonly autoExport: boolean;
};
