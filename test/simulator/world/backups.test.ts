import { describe, expect, test } from 'vitest';
import { isoDate, type UnixSeconds } from '../../../src/domain/time.ts';
import { type Backups, stopSchedule } from '../../../src/simulator/world/backups.ts';
import { clusterOf, type ScenarioName } from '../../../src/simulator/world/scenarios.ts';
import { changeBackups, World } from '../../../src/simulator/world/world.ts';
import { get, simulated, standingClock, start } from '../client.ts';
import { G, groupId, orgId } from '../project.ts';
import { pause, resume } from './events.ts';

const hour = 3600;
const day = 24 * hour;
const onTheHour = { hour: 10, minute: 0 };
const rules = [['hourly', 6, 7, 'days']] as const;

/** A world of one cluster, whose schedule fires at `start` and every six hours. */
function worldWith(...scenarios: readonly ScenarioName[]): World {
  const it = { seed: 'backups', projectId: groupId, startedAt: start, rules, reference: onTheHour };
  return new World(
    [{ id: orgId, name: 'Org' }],
    [{ id: groupId, name: 'project', orgId, createdAt: start - 1e8 }],
    [clusterOf({ ...it, name: 'rs' }, ...scenarios)],
  );
}

/** What Atlas says about the backups of the one cluster at a time. */
async function watched(world: World) {
  const { clock, set } = standingClock();
  const simulator = await simulated(world, { clock });
  const asked = async (at: UnixSeconds, path: string) => {
    set(at);
    return (await get(simulator, `${G}/clusters/rs${path}`)).json;
  };
  return {
    paused: async (at: UnixSeconds) => (await asked(at, '')).paused,
    nextSnapshot: async (at: UnixSeconds) => (await asked(at, '/backup/schedule')).nextSnapshot,
    /** The newest first. */
    taken: async (at: UnixSeconds): Promise<{ type: string; at: UnixSeconds }[]> =>
      (await asked(at, '/backup/snapshots?itemsPerPage=500')).results.map(
        (it: { snapshotType: string; createdAt: string }) => ({
          type: it.snapshotType,
          at: Date.parse(it.createdAt) / 1000,
        }),
      ),
  };
}

const befalls = (world: World, what: (before: Backups) => Backups) =>
  world.change(groupId, 'rs', (cluster) => changeBackups(cluster, what));

describe('a cluster that was paused', () => {
  test('fires again once it is resumed, and has kept what it had before', async () => {
    const world = worldWith();
    const { paused, taken } = await watched(world);
    pause(world, groupId, 'rs', start + hour);
    expect(await paused(start + 2 * day)).toBe(true);
    // The older ones expire meanwhile.
    const kept = (await taken(start + 2 * day)).slice(0, 15);
    expect(kept[0]?.at).toBeLessThan(start + hour);

    resume(world, groupId, 'rs', start + 2 * day + hour);
    expect(await paused(start + 2 * day + hour)).toBe(false);
    expect((await taken(start + 2 * day + 5 * hour)).slice(0, 15)).toEqual(kept);
    const [first, ...before] = await taken(start + 2 * day + 7 * hour);
    expect(first?.at).toBeGreaterThan(start + 2 * day + 6 * hour);
    expect(before.slice(0, 15)).toEqual(kept);
  });

  test('before anyone looked can be resumed, too', async () => {
    const world = worldWith('paused');
    const { taken } = await watched(world);
    expect((await taken(start))[0]?.at).toBeLessThan(start - 4 * day);
    resume(world, groupId, 'rs', start + hour);
    expect((await taken(start + 7 * hour))[0]?.at).toBeGreaterThan(start + 6 * hour);
  });

  test('does not fire after it is resumed if its schedule had died before', async () => {
    const world = worldWith('stale', 'paused');
    const { taken } = await watched(world);
    resume(world, groupId, 'rs', start);
    expect((await taken(start + 2 * day))[0]?.at).toBeLessThan(start - 3 * day);
  });
});

describe('a schedule that has died', () => {
  const dies = start + hour;

  test('may go on announcing its next run', async () => {
    const world = worldWith();
    const { taken, nextSnapshot } = await watched(world);
    befalls(world, (backups) => stopSchedule(backups, dies));
    for (const [now, next] of [
      [start + hour, start + 6 * hour],
      [start + 7 * hour, start + 12 * hour],
      [start + 2 * day, start + 2 * day + 6 * hour],
    ] as const) {
      expect(await nextSnapshot(now)).toBe(isoDate(next));
      expect((await taken(now))[0]?.at).toBeLessThan(dies);
    }
  });

  test('may announce for ever the first run that did not take place', async () => {
    const world = worldWith();
    const { taken, nextSnapshot } = await watched(world);
    befalls(world, (backups) => stopSchedule(backups, start + 7 * hour, 'missed'));
    expect(await nextSnapshot(start + hour)).toBe(isoDate(start + 6 * hour));
    for (const now of [start + 6 * hour, start + 7 * hour, start + 13 * hour, start + 2 * day]) {
      expect(await nextSnapshot(now)).toBe(isoDate(start + 12 * hour));
    }
    expect((await taken(start + 2 * day))[0]?.at).toBeLessThan(start + 7 * hour);
  });

  test('can be hidden by snapshots that are asked for', async () => {
    const world = worldWith();
    const { taken } = await watched(world);
    const asked = [4, 8].map((hours) => start + hours * hour);
    befalls(world, (backups) => ({
      ...stopSchedule(backups, dies),
      onDemand: asked.map((at) => ({ at, description: 'by hand', retentionDays: 3 })),
    }));
    const newest = await taken(start + 9 * hour);
    expect(newest.slice(0, 3).map(({ type }) => type)).toEqual([
      'onDemand',
      'onDemand',
      'scheduled',
    ]);
    expect((await taken(start + 5 * hour)).slice(0, 2).map(({ type }) => type)).toEqual([
      'onDemand',
      'scheduled',
    ]);
  });
});

test('a snapshot may claim to have been taken days later than it was', async () => {
  const world = worldWith();
  const { taken } = await watched(world);
  const seconds = 3 * day;
  befalls(world, (backups) => ({
    ...backups,
    ahead: [{ from: start + 5 * hour, until: start + 7 * hour, seconds }],
  }));
  const [latest, misdated, before] = await taken(start + 13 * hour);
  expect(latest?.at).toBeLessThan(start + 13 * hour);
  expect(misdated?.at).toBeGreaterThan(start + 6 * hour + seconds);
  expect(before?.at).toBeLessThan(start + hour);
});
