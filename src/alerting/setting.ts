import { type Alert, rulesOf, type Severity } from './alert.ts';
import { promqlDefaults } from './parameters.ts';

/** What the writer of rules puts into all of them. */
export type Setting = {
  /** The value of the label `job` on what Prometheus scrapes from the exporter. */
  readonly job: string;
  /** The name of an alert and `.md` are put behind it. */
  readonly runbooks: string;
};

export const usualSetting: Setting = {
  job: 'mongodbatlas-backup-exporter',
  runbooks:
    'https://github.com/mongodbatlas-backup-exporter/mongodbatlas-backup-exporter/blob/main/docs/runbooks/',
};

/** What Prometheus asks for each severity of an alert by its defaults, the worst first. */
export function shippedRules(
  alert: Alert,
  { job }: Setting = usualSetting,
): readonly { readonly severity: Severity; readonly expression: string }[] {
  const values = promqlDefaults(alert.parameters);
  return rulesOf(alert).map(({ severity, rule }) => ({
    severity,
    expression: rule.expression(values, job),
  }));
}
