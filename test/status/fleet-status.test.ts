import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { stateNames } from '../../src/alerting/states.ts';
import { directions, type FleetLine, sortKeys } from '../../src/status/fleet-order.ts';
import { type FleetQuery, fleetStatus } from '../../src/status/fleet-status.ts';
import type { StatusView } from '../../src/status/view.ts';
import { mixedFleet } from '../metrics/fleets.ts';
import { viewOf } from '../web/views.ts';

const all: FleetQuery = {
  project: '',
  cluster: '',
  state: undefined,
  order: { by: 'severity', direction: 'ascending' },
  page: 1,
  perPage: 1000,
};
const key = ({ row: { cluster } }: FleetLine) => `${cluster.projectId}/${cluster.name}`;

let view: StatusView;
beforeAll(async () => {
  view = await viewOf(mixedFleet);
});

describe('a list of the fleet', () => {
  test('holds each cluster once, whatever it is sorted by', () => {
    const clusters = view.rows.map((row) => `${row.cluster.projectId}/${row.cluster.name}`);
    expect(clusters.length).toBeGreaterThan(20);
    for (const by of sortKeys) {
      for (const direction of directions) {
        const { lines } = fleetStatus(view, { ...all, order: { by, direction } });
        expect(lines.map(key).toSorted()).toEqual(clusters.toSorted());
      }
    }
  });

  test('has the worst severity first, then the states in their order, then what is due first', () => {
    const { lines } = fleetStatus(view, all);
    const ranks = lines.map(({ row, judgement }) => [
      ['critical', 'warning', 'info', undefined].indexOf(judgement.severity),
      stateNames.indexOf(judgement.state),
      row.due?.at ?? Number.POSITIVE_INFINITY,
    ]);
    const naive = ranks.toSorted((one, other) => {
      const at = one.findIndex((value, n) => value !== other[n]);
      return at === -1 ? 0 : (one[at] ?? 0) - (other[at] ?? 0);
    });
    expect(ranks).toEqual(naive);
    expect(new Set(ranks.map(([severity]) => severity)).size).toBeGreaterThan(2);
  });

  test.each([
    ['newest', ({ row }: FleetLine) => row.known?.newestCompleted?.takenAt],
    ['due', ({ row }: FleetLine) => row.due?.at],
    ['size', ({ row }: FleetLine) => row.current?.newestCompleted?.sizeBytes],
    ['recoverable', ({ row }: FleetLine) => row.known?.recoverableUntil],
  ] as const)('by %s has what has none last, both ways round', (by, value) => {
    for (const direction of directions) {
      const { lines } = fleetStatus(view, { ...all, order: { by, direction } });
      const values = lines.map(value);
      const given = values.filter((one) => one !== undefined);
      expect(given.length).toBeLessThan(values.length);
      expect(values.slice(0, given.length)).toEqual(given);
      const rising = given.toSorted((one, other) => one - other);
      expect(given).toEqual(direction === 'ascending' ? rising : rising.toReversed());
    }
  });

  test('in pages is the same list, cut', () => {
    const whole = fleetStatus(view, all).lines.map(key);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), (perPage) => {
        const { pages } = fleetStatus(view, { ...all, perPage });
        const cut = Array.from({ length: pages }, (_, n) =>
          fleetStatus(view, { ...all, perPage, page: n + 1 }).lines.map(key),
        );
        expect(cut.flat()).toEqual(whole);
        expect(fleetStatus(view, { ...all, perPage, page: pages + 1 }).lines).toEqual([]);
      }),
    );
  });

  test('filters by project and cluster in any case, by project id, and by state', () => {
    const some = (query: Partial<FleetQuery>) => fleetStatus(view, { ...all, ...query });
    expect(some({ project: 'PAY' }).matching).toBe(view.rows.length);
    expect(some({ cluster: 'SandB' }).lines.map(key)).toEqual(['exempt p1/sandbox']);
    expect(some({ project: 'stuck p1' }).lines.map(key)).toEqual(['stuck p1/ledger']);
    expect(some({ project: 'no such' })).toMatchObject({ matching: 0, pages: 1, lines: [] });
    const { counts } = some({});
    for (const state of stateNames) {
      const found = some({ state });
      expect(found.matching).toBe(counts.byState.get(state) ?? 0);
      expect(found.lines.every(({ judgement }) => judgement.state === state)).toBe(true);
      expect(found.counts).toEqual(counts);
    }
    expect(counts.byState.size).toBeGreaterThan(7);
  });

  test('counts every cluster once by state and once by severity', () => {
    const { counts } = fleetStatus(view, all);
    const sum = (values: Iterable<number>) => [...values].reduce((one, other) => one + other, 0);
    expect(counts.total).toBe(view.rows.length);
    expect(sum(counts.byState.values())).toBe(counts.total);
    expect(sum(Object.values(counts.bySeverity))).toBe(counts.total);
  });
});
