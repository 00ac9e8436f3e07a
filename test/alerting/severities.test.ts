import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { chartRules } from '../../generate/alerts/chart-rules.ts';
import { ruleFile } from '../../generate/alerts/rule-file.ts';
import { exporterAlert, isAboutCluster, rulesOf } from '../../src/alerting/alert.ts';
import { seconds } from '../../src/alerting/parameters.ts';
import { usualSetting } from '../../src/alerting/setting.ts';
import { alerts } from '../../src/collectors/alerts.ts';
import { alertConditions } from '../../src/collectors/conditions.ts';

const loadHigh = exporterAlert({
  name: 'AtlasBackupLoadHigh',
  firesWhen: 'the load is beyond `high`, or `higher`.',
  summary: 'Load',
  description: ({ high }) => `Beyond ${high}.`,
  parameters: { high: seconds(60), higher: seconds(600) },
  for: '5m',
  severities: {
    warning: { expression: ({ high, higher }) => `load > ${high} <= ${higher}` },
    critical: { expression: ({ higher }, job) => `load{job="${job}"} > ${higher}` },
  },
});
const group = { name: 'load', title: 'Load', recordings: [], alerts: [loadHigh] };

test('an alert of two severities is two rules of one name, the worst first', () => {
  const rules = parse(ruleFile(group, usualSetting)).groups[0].rules;
  expect(rules).toMatchObject([
    { expr: `load{job="${usualSetting.job}"} > 600`, labels: { severity: 'critical' } },
    { expr: 'load > 60 <= 600', labels: { severity: 'warning' } },
  ]);
  for (const rule of rules) {
    expect(rule).toMatchObject({
      alert: 'AtlasBackupLoadHigh',
      annotations: {
        description: 'Beyond 60.',
        runbook_url: `${usualSetting.runbooks}AtlasBackupLoadHigh.md`,
      },
    });
  }
});

test('and one alert of the chart, whose thresholds are blanks', () => {
  expect(parse(chartRules([group])).groups[0].alerts).toMatchObject([
    {
      name: 'AtlasBackupLoadHigh',
      severities: [
        { severity: 'critical', expr: 'load{job="<<job>>"} > <<higher>>' },
        { severity: 'warning', expr: 'load > <<high>> <= <<higher>>' },
      ],
      parameters: { high: { unit: 'seconds', default: '60' } },
    },
  ]);
});

test('every alert has a severity, and a condition for each when it is about one cluster', () => {
  for (const alert of alerts) {
    const severities = rulesOf(alert).map(({ severity }) => severity);
    expect([alert.name, severities.length > 0]).toEqual([alert.name, true]);
    const asked = alertConditions.filter((one) => one.alert.name === alert.name);
    expect(asked.map(({ severity }) => severity)).toEqual(isAboutCluster(alert) ? severities : []);
  }
});
