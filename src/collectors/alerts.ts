import type { Alert, Group } from '../alerting/alert.ts';
import { deadlines } from '../alerting/deadlines.ts';
import { exporter } from '../alerting/exporter.ts';
import { objectives } from '../alerting/objectives.ts';
import { indented } from '../alerting/promql.ts';
import { reading } from '../alerting/reading.ts';
import { recoverability } from '../alerting/recoverability.ts';
import { scope } from '../alerting/scope.ts';
import { snapshots } from '../alerting/snapshots.ts';
import { collectors } from './table.ts';

/** All rules. To add an alert, add an entry to its group. */
export const groups: readonly Group[] = [
  deadlines,
  recoverability,
  snapshots,
  ...collectors.flatMap(({ alerts }) => alerts),
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
