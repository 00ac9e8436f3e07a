import fc from 'fast-check';
import { expect, test } from 'vitest';
import { advance } from '../../src/domain/fleet.ts';
import { recalled } from '../../src/domain/recalled.ts';
import type { Schedule } from '../../src/domain/schedule.ts';
import { fleetAfter, report } from '../domain/reports.ts';
import { everyHours } from '../domain/schedules.ts';
import { foundIn, named, type Pass, snapshots, stories } from '../domain/stories.ts';
import { rememberedOf, throughTheFile } from './written.ts';

const kinds: readonly (Schedule | null)[] = [everyHours(6), everyHours(12), null];
const paused = fc.boolean();

/** One pass after the other, with schedules and pauses that come and go. */
const histories = fc
  .tuple(stories, fc.infiniteStream(fc.constantFrom(...kinds)), fc.infiniteStream(paused))
  .map(([passes, schedules, pauses]) =>
    passes.map((pass, n) => {
      const found = foundIn(pass, n);
      const clusters = Object.fromEntries(
        Object.entries(found.clusters ?? {}).map(([id, listed]) => [
          id,
          Array.isArray(listed)
            ? listed.map((one) => ({ ...one, paused: pauses.next().value }))
            : listed,
        ]),
      );
      return { ...found, clusters, schedules: { 'p/x': schedules.next().value } };
    }),
  );

const everything: Pass = {
  projects: ['p', 'q'],
  clusters: { p: ['x', 'y'], q: ['x', 'y'] },
  backups: Object.fromEntries(['p/x', 'p/y', 'q/x', 'q/y'].map((key) => [key, snapshots])),
};

test('what is written is read back as it was, for any history', async () => {
  await fc.assert(
    fc.asyncProperty(histories, async (passes) => {
      const remembered = rememberedOf(fleetAfter(passes, { a: [named] }));
      expect(await throughTheFile(remembered)).toEqual(remembered);
    }),
    { numRuns: 300 },
  );
});

test('going on from the file is never having stopped, once everything has been read', async () => {
  await fc.assert(
    fc.asyncProperty(histories, async (passes) => {
      const fleet = fleetAfter(passes, { a: [named] });
      const { generation } = await throughTheFile(rememberedOf(fleet));
      const restarted = recalled(generation, new Set(['a'])).fleet;
      const next = report({
        ...foundIn(everything, passes.length),
        schedules: Object.fromEntries(
          [...fleet.clusters.keys(), 'p/x', 'p/y', 'q/x', 'q/y'].map((key) => [key, everyHours(8)]),
        ),
      });
      expect(advance(restarted, next)).toEqual(advance(fleet, next));
    }),
    { numRuns: 300 },
  );
});

test('in the new process nothing is good until it has been read, and all is as old as it was', () => {
  fc.assert(
    fc.property(histories, (passes) => {
      const before = fleetAfter(passes, { a: [named] });
      const { fleet } = recalled(rememberedOf(before).generation, new Set(['a']));
      for (const [key, { backups, collected }] of fleet.clusters) {
        const known = before.clusters.get(key)?.backups;
        const observed = [backups, ...Object.values(collected).map((one) => one.observed)];
        expect(observed.map(({ kind }) => kind)).not.toContain('fresh');
        expect('at' in backups ? backups.at : 0).toBe(known && 'at' in known ? known.at : 0);
      }
    }),
    { numRuns: 100 },
  );
});
