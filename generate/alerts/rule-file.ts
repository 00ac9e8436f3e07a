import { stringify } from 'yaml';
import {
  type Alert,
  type Group,
  keepFiringFor,
  rulesOf,
  type Severity,
} from '../../src/alerting/alert.ts';
import { promqlDefaults } from '../../src/alerting/parameters.ts';
import { type Setting, usualSetting } from '../../src/alerting/setting.ts';
import { origin } from '../markdown.ts';

/** The rule files by their names. */
export function ruleFile(group: Group, setting: Setting): string {
  const rules = [
    ...group.recordings.map(({ name, expression }) => ({ record: name, expr: expression })),
    ...group.alerts.flatMap((alert) => alertRules(alert, setting)),
  ];
  const content = { groups: [{ name: `mongodbatlas-backup-${group.name}`, rules }] };
  return `# ${origin('rules', 'src/alerting')}\n${stringify(content, { lineWidth: 0 })}`;
}

function alertRules(alert: Alert, setting: Setting) {
  return shippedRules(alert, setting).map(({ severity, expression }) => ({
    alert: alert.name,
    expr: expression,
    ...(alert.for === '0s' ? {} : { for: alert.for }),
    ...(keepFiringFor(alert) === '0s' ? {} : { keep_firing_for: keepFiringFor(alert) }),
    labels: { severity },
    annotations: {
      summary: alert.summary,
      description: alert.description(promqlDefaults(alert.parameters)),
      runbook_url: `${setting.runbooks}${alert.name}.md`,
    },
  }));
}

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
