import {
  type ClusterAlert,
  isAboutCluster,
  rulesOf,
  type Severity,
  severities,
} from '../alerting/alert.ts';
import type { EvaluationContext, Since } from '../alerting/evaluation.ts';
import { numericDefaults, promqlDefaults } from '../alerting/parameters.ts';
import { usualSetting } from '../alerting/setting.ts';
import { type State, stateNames } from '../alerting/states.ts';
import type { ClusterRow } from '../domain/cluster-view.ts';
import { alerts, withoutRecordings } from './alerts.ts';

/** What a shipped alert asks for one severity by its defaults: twice the same question. */
export type AlertCondition = {
  readonly alert: ClusterAlert;
  readonly severity: Severity;
  /** Asked of Prometheus, without the time for which it has to hold, and without recorded series. */
  readonly expression: string;
  /** Asked of what is known now. */
  readonly holds: (row: ClusterRow, context: EvaluationContext) => Since;
};

/** Those of every alert about one cluster, the one that says most about it first. */
export const alertConditions: readonly AlertCondition[] = alerts
  .filter(isAboutCluster)
  .flatMap(conditionsOf)
  .toSorted((one, other) => urgency(one) - urgency(other));

function conditionsOf(alert: ClusterAlert): readonly AlertCondition[] {
  const [texts, numbers] = [promqlDefaults(alert.parameters), numericDefaults(alert.parameters)];
  return rulesOf(alert).map(({ severity, rule }) => ({
    alert,
    severity,
    expression: withoutRecordings(rule.expression(texts, usualSetting.job)),
    holds: (row, context) => rule.holds(row, context, numbers),
  }));
}

/** First by the state that it decides, and then by its severity. */
function urgency({ alert: { decides }, severity }: AlertCondition): number {
  const rank = decides === undefined ? stateNames.length : stateNames.indexOf(decides);
  return rank * severities.length + severities.indexOf(severity);
}

/** Those that decide a state. */
export function decidingConditions(state: State): readonly AlertCondition[] {
  return alertConditions.filter(({ alert }) => alert.decides === state);
}
