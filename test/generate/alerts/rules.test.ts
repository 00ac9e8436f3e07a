import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { files, ruleFolder } from '../../../generate/alerts/generate.ts';
import { rulesOf } from '../../../src/alerting/alert.ts';
import { mapped } from '../../../src/alerting/parameters.ts';
import { alerts, groups } from '../../../src/collectors/alerts.ts';

const rule = z.union([
  z.strictObject({ record: z.string(), expr: z.string() }),
  z.strictObject({
    alert: z.string(),
    expr: z.string(),
    for: z.string().optional(),
    keep_firing_for: z.string().optional(),
    labels: z.strictObject({ severity: z.enum(['critical', 'warning', 'info']) }),
    annotations: z.strictObject({
      summary: z.string().min(1),
      description: z.string().min(1),
      runbook_url: z.url(),
    }),
  }),
]);
const ruleFile = z.strictObject({
  groups: z.array(z.strictObject({ name: z.string(), rules: z.array(rule) })).length(1),
});

test('the rule files hold every alert and recorded series of the table', () => {
  const rules = [...files]
    .filter(([path]) => path.startsWith(ruleFolder))
    .flatMap(([, text]) => ruleFile.parse(parse(text)).groups.flatMap(({ rules }) => rules));
  const names = rules.map((one) => ('alert' in one ? one.alert : one.record));
  const expected = groups.flatMap(({ recordings, alerts }) => [
    ...recordings.map(({ name }) => name),
    ...alerts.flatMap((alert) => rulesOf(alert).map(() => alert.name)),
  ]);
  expect(names).toEqual(expected);
  const named = groups.flatMap(({ recordings, alerts }) => [...recordings, ...alerts]);
  expect(new Set(names).size).toBe(named.length);
});

test('the reference has one row for each alert, of five cells', () => {
  const page = files.get('docs/alerts.md') ?? '';
  const rows = page.split('\n').filter((line) => line.startsWith('| [AtlasBackup'));
  expect(rows).toHaveLength(alerts.length);
  for (const row of rows) expect(row.replaceAll('\\|', '').split('|')).toHaveLength(7);
  for (const { name } of alerts) {
    expect(page).toContain(`| [${name}](runbooks/${name}.md) |`);
  }
});

test('the words of an alert name every parameter that it has, and no other', () => {
  for (const { name, firesWhen, parameters } of alerts) {
    const named = [...firesWhen.matchAll(/`(\w+)`/g)].map(([, parameter = '']) => parameter);
    expect({ name, parameters: [...new Set(named)].toSorted() }).toEqual({
      name,
      parameters: Object.keys(parameters).toSorted(),
    });
  }
});

test('every parameter of an alert stands in an expression of it', () => {
  for (const alert of alerts) {
    const names = Object.keys(alert.parameters);
    const marked = mapped(alert.parameters, (_, name) => `<${name}>`);
    const asked = rulesOf(alert).map(({ rule }) => rule.expression(marked, 'job'));
    expect([alert.name, names.filter((name) => !asked.join().includes(`<${name}>`))]).toEqual([
      alert.name,
      [],
    ]);
  }
});
