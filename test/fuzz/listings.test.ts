import fc from 'fast-check';
import { expect } from 'vitest';
import { generatedWorld } from '../../src/simulator/world/generated-world.ts';
import { checkInvariants } from '../faults/oracle.ts';
import { gatedAtlas, polling, type Seen } from '../faults/playing.ts';
import { configFor, newTimes, openExporter } from '../faults/setting.ts';
import { start } from '../simulator/client.ts';
import { fuzz } from './fuzzing.ts';
import { type Listings, listing, listingsOf } from './listings.ts';

const setting = { fault: 'listings of random records', at: 'everything' } as const;
const row = { ...setting, id: '', title: '', expected: { kind: 'taken', misnames: true } } as const;

/** What only who was there can know: counters, and what followed from a schedule or a pause. */
const remembered = /_(total|last_duration_seconds|snapshot_due_timestamp_seconds) /;
const shown = ({ fleet }: Seen) =>
  Object.fromEntries([...fleet].filter(([key]) => !remembered.test(key)).sort());

/** Plays two such polls and two clean ones; the last page is that of an exporter that is new. */
async function player() {
  const scenarios = ['healthy', 'sharded', 'flex', 'legacy'] as const;
  const wanted = { seed: 'fuzz', projects: 2, clusters: 4, snapshots: 4, scenarios } as const;
  const times = newTimes();
  const { simulator, gate } = await gatedAtlas(generatedWorld(wanted, start), times);
  const config = await configFor(gate.url, {});
  return async (polls: readonly Listings[]) => {
    const { exporter, logged } = await openExporter(config, times);
    const fresh = await openExporter(config, times);
    try {
      const poll = polling(exporter, times, gate);
      let before: Seen | undefined;
      for (const [n, listings] of [...polls, {}, {}].entries()) {
        // Schedules are not read in every poll.
        if (n === polls.length) times.pass(4 * 3_600);
        simulator.intercept(listing(listings));
        const seen = await poll();
        checkInvariants(seen, before, row, logged.join('\n'));
        before = seen;
      }
      expect(logged.filter((line) => line.includes('internal error'))).toEqual([]);
      const truth = await polling(fresh.exporter, times, gate)();
      if (before !== undefined) expect(shown(before)).toEqual(shown(truth));
    } finally {
      await Promise.all([exporter.close(), fresh.exporter.close()]);
    }
  };
}

fuzz('listings', async () => {
  const play = await player();
  return fc.asyncProperty(fc.array(listingsOf(), { minLength: 1, maxLength: 2 }), play);
});
