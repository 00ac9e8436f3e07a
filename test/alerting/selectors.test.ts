import { describe, expect, test } from 'vitest';
import { vocabulary } from '../../dashboards/vocabulary.ts';
import { shippedRules } from '../../generate/alerts/rule-file.ts';
import { promqlDefaults } from '../../src/alerting/parameters.ts';
import { alerts, groups } from '../../src/collectors/alerts.ts';
import { fault, parsed, targetLabels } from './selectors.ts';

const expressions = [
  ...groups.flatMap(({ recordings }) => recordings),
  ...alerts.flatMap((alert) =>
    shippedRules(alert).map(({ expression }) => ({ name: alert.name, expression })),
  ),
];

/** The queries that the words of the alerts ask, as for the first cluster of a world. */
const queries = alerts.flatMap((alert) =>
  [
    ...`${alert.summary} ${alert.description(promqlDefaults(alert.parameters))}`.matchAll(
      /query \(printf "([^"]*)"/g,
    ),
  ].map(([, query = '']) => ({ name: alert.name, expression: query.replaceAll('%q', '"x"') })),
);

const known = new Set([
  ...targetLabels,
  ...vocabulary.values().flatMap((labels) => Object.keys(labels)),
]);

describe('every rule reads what there is', () => {
  test.each([...expressions, ...queries])('$name', ({ expression }) => {
    const { selectors, labels } = parsed(expression);
    expect(selectors).not.toEqual([]);
    expect(selectors.flatMap((selector) => fault(selector) ?? [])).toEqual([]);
    expect(labels.filter((label) => !known.has(label))).toEqual([]);
  });

  test.each([
    ['a metric', 'mongodbatlas_backup_enabledd == 0'],
    ['a label', 'mongodbatlas_backup_enabled{status="completed"} == 0'],
    ['a value', 'mongodbatlas_backup_snapshots{status="complete"} == 0'],
    ['one value of several', 'mongodbatlas_backup_snapshots{status=~"completed|done"} == 0'],
    ['a label of up', 'up{cluster="orders"} == 0'],
  ])('but %s that does not exist is found', (_, expression) => {
    expect(parsed(expression).selectors.flatMap((one) => fault(one) ?? [])).toHaveLength(1);
  });

  test('and what is no PromQL is refused', () => {
    expect(() => parsed('max without (instance (up)')).toThrow('not PromQL');
  });
});

test('a cluster is never looked up by its name alone', () => {
  for (const { expression } of expressions) {
    for (const [, list = ''] of expression.matchAll(/\bon \(([^)]*)\)/g)) {
      expect(['project_id, cluster', 'job, instance']).toContain(list);
    }
  }
});
