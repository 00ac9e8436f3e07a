import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { severities } from '../../src/alerting/alert.ts';
import { alerts } from '../../src/collectors/alerts.ts';

/** Labels that all alerts about a cluster carry, or all about the exporter, and Alertmanager's own. */
const labels = ['alertname', 'severity', 'job', 'project_id', 'project', 'cluster'];

const matchers = z.array(z.string());
const route = z.strictObject({
  receiver: z.string(),
  group_by: z.array(z.enum(labels)).optional(),
  matchers: matchers.optional(),
  group_wait: z.string().optional(),
  group_interval: z.string().optional(),
  repeat_interval: z.string().optional(),
});
const example = z
  .strictObject({
    route: route.extend({ routes: z.array(route) }),
    inhibit_rules: z.array(
      z.strictObject({
        source_matchers: matchers,
        target_matchers: matchers,
        equal: z.array(z.enum(labels)),
      }),
    ),
    receivers: z.array(z.strictObject({ name: z.string(), webhook_configs: z.unknown() })),
  })
  .parse(
    parse(readFileSync(new URL('../../docs/alertmanager.example.yaml', import.meta.url), 'utf8')),
  );

/** `alertname = "X"` as its two sides. */
function sides(matcher: string): readonly [string, string] {
  const [, label = '', value = ''] = /^(\w+) = "([^"]*)"$/.exec(matcher) ?? [];
  return [label, value];
}

test('the example for Alertmanager names alerts and severities of the table', () => {
  const known = new Map([
    ['alertname', new Set<string>(alerts.map(({ name }) => name))],
    ['severity', new Set<string>(severities)],
  ]);
  const all = [
    ...example.route.routes.flatMap((one) => one.matchers ?? []),
    ...example.inhibit_rules.flatMap((one) => [...one.source_matchers, ...one.target_matchers]),
  ];
  expect(all.length).toBeGreaterThan(5);
  const unknown = all.filter((matcher) => {
    const [label, value] = sides(matcher);
    return known.get(label)?.has(value) !== true;
  });
  expect(unknown).toEqual([]);
});

test('the example for Alertmanager has a receiver for every severity', () => {
  const receivers = new Set(example.receivers.map(({ name }) => name));
  const routed = [example.route, ...example.route.routes].map(({ receiver }) => receiver);
  expect(new Set(routed)).toEqual(receivers);
});

test('the example for Alertmanager silences what another alert says better', () => {
  const pairs = example.inhibit_rules.map(({ source_matchers, target_matchers, equal }) => ({
    source: source_matchers.map((one) => sides(one)[1]),
    target: target_matchers.map((one) => sides(one)[1]),
    equal,
  }));
  expect(pairs).toEqual([
    { source: ['AtlasBackupExporterBlind'], target: ['AtlasBackupClusterBlind'], equal: ['job'] },
    {
      source: ['AtlasBackupNeverTaken'],
      target: ['AtlasBackupOverdue'],
      equal: ['project_id', 'cluster'],
    },
  ]);
});
