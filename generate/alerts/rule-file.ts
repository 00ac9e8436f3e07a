import { stringify } from 'yaml';
import { type Alert, described, type Group } from '../../src/alerting/alert.ts';
import type { Setting } from '../../src/alerting/setting.ts';

/** The rule files by their names. */
export function ruleFile(group: Group, setting: Setting): string {
  const rules = [
    ...group.recordings.map(({ name, expression }) => ({ record: name, expr: expression })),
    ...group.alerts.map((alert) => alertRule(alert, setting)),
  ];
  const content = { groups: [{ name: `mongodbatlas-backup-${group.name}`, rules }] };
  return `# Made by \`npm run rules\` from src/alerting. A test fails when they differ.\n${stringify(content, { lineWidth: 0 })}`;
}

function alertRule(alert: Alert, { job, runbooks }: Setting) {
  const given = (parameter: string) => String(alert.parameters[parameter]?.default);
  return {
    alert: alert.name,
    expr: alert.expression(given, job),
    ...(alert.for === '0s' ? {} : { for: alert.for }),
    ...(alert.keepFiringFor === '0s' ? {} : { keep_firing_for: alert.keepFiringFor }),
    labels: { severity: alert.severity },
    annotations: {
      summary: alert.summary,
      description: described(alert, given),
      runbook_url: `${runbooks}${alert.name}.md`,
    },
  };
}
