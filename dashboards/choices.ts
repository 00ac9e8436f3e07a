import { indented, sameCluster } from '../src/alerting/promql.ts';
import { perCluster } from './selection.ts';

/** Every cluster for which one of these holds, whatever the values. */
export function anyOf(conditions: readonly string[]): string {
  return joined(conditions.map((condition) => perCluster(indented(condition))));
}

/** For each cluster the code of the first of these that holds. */
export function firstOf(choices: readonly (readonly [code: number, condition: string])[]): string {
  return joined(
    choices.map(([code, condition]) => `(0 * ${perCluster(indented(condition))} + ${code})`),
  );
}

function joined(parts: readonly string[]): string {
  return parts.join(`\nor ${sameCluster} `);
}
