import { stringify } from 'yaml';
import { type Alert, type Group, keepFiringFor, rulesOf } from '../../src/alerting/alert.ts';
import { mapped } from '../../src/alerting/parameters.ts';
import { origin } from '../markdown.ts';

/** What the chart puts in for each of these; no PromQL and no template of Prometheus looks like them. */
const blank = (name: string) => `<<${name}>>`;

/**
 * The rules as data for the chart, which fills in the blanks: `<<job>>` of the expressions, and
 * `<<parameter>>` of these and of the descriptions. Parameters are texts, so that no reader of YAML
 * rounds or rewrites them.
 */
export function chartRules(groups: readonly Group[]): string {
  const content = { groups: groups.map(groupData) };
  return `# ${origin('rules', 'src/alerting')}\n${stringify(content, { lineWidth: 0 })}`;
}

function groupData({ name, recordings, alerts }: Group) {
  return {
    name: `mongodbatlas-backup-${name}`,
    recordings: recordings.map((one) => ({ record: one.name, expr: one.expression })),
    alerts: alerts.map(alertData),
  };
}

function alertData(alert: Alert) {
  const blanks = mapped(alert.parameters, (_, name) => blank(name));
  return {
    name: alert.name,
    severities: rulesOf(alert).map(({ severity, rule }) => ({
      severity,
      expr: rule.expression(blanks, blank('job')),
    })),
    for: alert.for,
    keepFiringFor: keepFiringFor(alert),
    summary: alert.summary,
    description: alert.description(blanks),
    parameters: mapped(alert.parameters, ({ unit, default: value }) => ({
      unit,
      default: String(value),
    })),
  };
}
