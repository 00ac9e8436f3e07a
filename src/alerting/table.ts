import type { Alert, Group } from './alert.ts';
import { deadlines } from './deadlines.ts';
import { exporter } from './exporter.ts';
import { objectives } from './objectives.ts';
import { reading } from './reading.ts';
import { recoverability } from './recoverability.ts';
import { schedule } from './schedule.ts';
import { scope } from './scope.ts';
import { snapshots } from './snapshots.ts';

/** All rules. To add an alert, add an entry to its group. */
export const groups: readonly Group[] = [
  deadlines,
  recoverability,
  snapshots,
  schedule,
  reading,
  exporter,
  scope,
  objectives,
];

export const alerts: readonly Alert[] = groups.flatMap((group) => group.alerts);
