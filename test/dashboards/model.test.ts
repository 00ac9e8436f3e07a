import { describe, expect, test } from 'vitest';
import { type Dashboard, dashboards, queryOf } from './model.ts';

test('the uids never change: links and bookmarks hold them', () => {
  expect(dashboards.map(({ uid }) => uid)).toEqual([
    'mongodbatlas-backup-overview',
    'mongodbatlas-backup-cluster',
  ]);
});

describe.each(dashboards)('$title', (dashboard) => {
  test('is of the classic model, with nothing left of an export', () => {
    const { refresh, timezone, schemaVersion } = dashboard;
    expect({ refresh, timezone }).toEqual({ refresh: '1m', timezone: 'browser' });
    expect(schemaVersion).toBeGreaterThanOrEqual(39);
    for (const left of ['__inputs', '__requires', 'id', 'version', 'iteration']) {
      expect(dashboard).not.toHaveProperty(left);
    }
  });

  test('has panels with numbers of their own, in whole lines that do not overlap', () => {
    const ids = dashboard.panels.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const taken = cells(dashboard);
    expect(new Set(taken).size).toBe(taken.length);
    expect(taken.length % 24).toBe(0);
  });

  test('asks with variables that it has', () => {
    const names = new Set(dashboard.templating.list.map(({ name }) => name));
    const asked = [
      ...dashboard.panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr)),
      ...dashboard.templating.list.map(queryOf),
    ];
    const used = asked.flatMap((text) => [...text.matchAll(/\$(\w+)/g)].map(([, name]) => name));
    expect(used.filter((name = '') => !name.startsWith('__') && !names.has(name))).toEqual([]);
  });

  test('knows each variable before it is asked with', () => {
    const before = new Set<string>();
    for (const variable of dashboard.templating.list) {
      for (const [, name = ''] of queryOf(variable).matchAll(/\$(\w+)/g)) {
        expect(before).toContain(name);
      }
      before.add(variable.name);
    }
  });
});

function cells({ panels }: Dashboard): readonly string[] {
  return panels.flatMap(({ gridPos: { x, y, w, h } }) =>
    Array.from({ length: w * h }, (_, n) => `${x + (n % w)},${y + Math.floor(n / w)}`),
  );
}
