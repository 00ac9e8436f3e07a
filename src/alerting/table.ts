import type { Alert, Group } from './alert.ts';
import { deadlines } from './deadlines.ts';
import { exporter } from './exporter.ts';
import { objectives } from './objectives.ts';
import { indented } from './promql.ts';
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

/** An expression for those who have only what the exporter serves, and nothing that is recorded. */
export function withoutRecordings(expression: string): string {
  return groups
    .flatMap(({ recordings }) => recordings)
    .reduce(
      (text, recording) =>
        text.replaceAll(
          new RegExp(`${recording.name}(?![\\w:])`, 'g'),
          indented(recording.expression),
        ),
      expression,
    );
}

export const alerts: readonly Alert[] = groups.flatMap((group) => group.alerts);
