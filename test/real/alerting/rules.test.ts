import { describe, expect, test } from 'vitest';
import { shippedRules } from '../../../generate/alerts/rule-file.ts';
import { rulesOf } from '../../../src/alerting/alert.ts';
import { groups } from '../../../src/collectors/alerts.ts';
import { tool } from '../tools.ts';
import { isFiring, unitsOf } from './case.ts';
import { deadlineCases } from './cases/deadlines.ts';
import { exporterCases } from './cases/exporter.ts';
import { objectiveCases } from './cases/objectives.ts';
import { readingCases } from './cases/reading.ts';
import { recoverabilityCases } from './cases/recoverability.ts';
import { scheduleCases } from './cases/schedule.ts';
import { scopeCases } from './cases/scope.ts';
import { snapshotCases } from './cases/snapshots.ts';
import { faults } from './promtool.ts';

const promtool = tool('PROMTOOL');

const cases = new Map(
  Object.entries({
    ...deadlineCases,
    ...exporterCases,
    ...objectiveCases,
    ...readingCases,
    ...recoverabilityCases,
    ...scheduleCases,
    ...scopeCases,
    ...snapshotCases,
  }),
);
const alerts = groups.flatMap((group) =>
  group.alerts.map((alert) => ({
    name: alert.name,
    severities: rulesOf(alert).map(({ severity }) => severity),
    // Alone with what is recorded for it, as the others would take their time.
    rules: groups.flatMap((one) => {
      if (one.name === group.name) return { ...group, alerts: [alert] };
      const asked = shippedRules(alert).map(({ expression }) => expression);
      const read = one.recordings.some(({ name }) => asked.some((text) => text.includes(name)));
      return read ? { ...one, alerts: [] } : [];
    }),
  })),
);

describe('every alert has cases', () => {
  test('and every case an alert', () => {
    expect([...cases.keys()].toSorted()).toEqual(alerts.map(({ name }) => name).toSorted());
  });

  test.each(alerts)('$name: one in which it fires, with its words, for each severity', (alert) => {
    const [worst, ...others] = alert.severities;
    const firing = (cases.get(alert.name) ?? [])
      .filter(isFiring)
      .filter(({ annotations }) => annotations !== undefined)
      .map(({ severity = worst }) => severity);
    expect(firing).toEqual(expect.arrayContaining([worst, ...others]));
  });
});

// A week, minute by minute, takes its time.
describe.skipIf(promtool === undefined)('promtool finds that', { timeout: 240_000 }, () => {
  test.each(alerts)(
    '$name fires and clears when it should',
    async ({ name, severities, rules }) => {
      const byPace = Map.groupBy(cases.get(name) ?? [], (one) => one.evaluationMinutes ?? 1);
      for (const [minutes, of] of byPace) {
        const units = unitsOf(name, severities, of);
        expect(await faults(promtool ?? '', rules, units, minutes)).toBe('');
      }
    },
  );
});
