import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ReadRules, reasonToRead } from '../../src/domain/backup-reads.ts';
import { observedIn } from '../../src/domain/collected.ts';
import { dueOf } from '../../src/domain/due.ts';
import { objectiveOf } from '../../src/domain/objective.ts';
import { lastKnown } from '../../src/domain/observed.ts';
import { planKey } from '../../src/domain/plan.ts';
import { cluster, fleetAfter, project } from './reports.ts';
import { everyHours } from './schedules.ts';
import { completed, hour, noon, uncompleted } from './snapshots.ts';

const rulesFor = (intervalSeconds: number, sweepIntervalSeconds: number, rpo?: number) =>
  ({
    mode: 'adaptive',
    intervalSeconds,
    sweepIntervalSeconds,
    objectives: {
      graceSeconds: hour,
      stated: () => (rpo === undefined ? undefined : { seconds: rpo, source: 'override' }),
    },
  }) as const satisfies ReadRules;

/** Read at noon. */
const trackedWith = (id: string, hours: number, nextIn: number, takenAgo: number) =>
  fleetAfter([
    {
      at: noon,
      projects: { a: ['p'] },
      clusters: { p: [cluster('p/x', { id })] },
      backups: { 'p/x': [completed(noon - takenAgo)] },
      schedules: { 'p/x': everyHours(hours, { nextSnapshotAt: noon + nextIn }) },
    },
  ]).clusters.get('p/x');

const polling = fc
  .record({ interval: fc.integer({ min: 30, max: 900 }), times: fc.integer({ min: 2, max: 200 }) })
  .map(({ interval, times }) => ({ interval, sweep: interval * times }));

test('a cluster past its due time is asked at every poll', () => {
  const past = fc.integer({ min: 0, max: 1_000 * hour });
  const rpo = fc.option(fc.integer({ min: 60, max: 40 * hour }), { nil: undefined });
  fc.assert(
    fc.property(
      polling,
      fc.constantFrom(1, 2, 6, 12, 24),
      past,
      past,
      past,
      rpo,
      ({ interval, sweep }, hours, next, ago, later, stated) => {
        const tracked = trackedWith('x', hours, next, ago);
        if (tracked === undefined) throw new Error('the cluster is not there');
        const rules = rulesFor(interval, sweep, stated);
        const facts = { ...tracked, known: lastKnown(tracked.backups) };
        const objective = objectiveOf(rules.objectives, project('p'), {
          ...facts,
          plan: lastKnown(observedIn(tracked.collected, planKey)),
        });
        const due = dueOf(facts, objective === 'exempt' ? undefined : objective, hour)?.at;
        const now = (due ?? noon) + later;
        expect(reasonToRead(rules, project('p'), tracked.cluster, tracked, now)).toBeDefined();
      },
    ),
  );
});

test('one of which nothing is expected is asked within the sweep interval, and once in each', () => {
  fc.assert(
    fc.property(polling, fc.string(), ({ interval, sweep }, id) => {
      const rules = rulesFor(interval, sweep);
      const quiet = trackedWith(id, 24, 10 * sweep + hour, 0);
      if (quiet?.backups.kind !== 'fresh') throw new Error('the cluster is not read');
      const backups = quiet.backups;
      const polls = Math.floor((3 * sweep) / interval);
      let [at, asked, now] = [noon, 0, noon];
      for (let poll = 1; poll <= polls; poll += 1) {
        // Now and then somebody asks for one sooner.
        now += poll % 3 === 0 ? interval * 0.7 : interval;
        // As if it had just been taken: its schedule asks for none.
        const value = { ...backups.value, newestCompleted: completed(now) };
        const tracked = { ...quiet, backups: { ...backups, value, at } };
        const reason = reasonToRead(rules, project('p'), tracked.cluster, tracked, now);
        // No older at any moment, the one before this poll included.
        expect(now - at).toBeLessThanOrEqual(sweep);
        if (reason !== undefined) {
          expect(reason).toBe('sweep');
          asked += 1;
          at = now;
        }
      }
      expect(asked).toBeLessThanOrEqual((polls * interval) / (sweep - interval) + 1);
    }),
    { numRuns: 50 },
  );
});

test('what is queued or running is asked at every poll, whatever else is known', () => {
  fc.assert(
    fc.property(polling, fc.nat(10_000_000), ({ interval, sweep }, later) => {
      const running = fleetAfter([
        {
          at: noon,
          projects: { a: ['p'] },
          clusters: { p: ['x'] },
          backups: { 'p/x': [completed(noon), uncompleted('in_progress', noon)] },
          schedules: { 'p/x': everyHours(6) },
        },
      ]).clusters.get('p/x');
      if (running === undefined) throw new Error('the cluster is not there');
      const rules = rulesFor(interval, sweep);
      const now = noon + later;
      expect(reasonToRead(rules, project('p'), running.cluster, running, now)).toBe('pending');
    }),
  );
});
