import { expect, test } from 'vitest';
import type { ReadRules } from '../../src/domain/backup-reads.ts';
import { clusterKey } from '../../src/domain/cluster.ts';
import type { ClusterRow } from '../../src/domain/cluster-view.ts';
import { clusterRows } from '../../src/domain/cluster-view.ts';
import { lastReadAt } from '../../src/domain/observed.ts';
import { runToEnd } from '../../src/runtime/event-loop.ts';
import { stopSchedule } from '../../src/simulator/world/backups.ts';
import { generatedWorld } from '../../src/simulator/world/generated-world.ts';
import { changeBackups, type World } from '../../src/simulator/world/world.ts';
import { type Surveying, surveying } from '../atlas/survey/surveying.ts';
import { start } from '../simulator/client.ts';
import { pause, resume, switchBackup } from '../simulator/world/events.ts';

const hour = 3600;
const intervalSeconds = 300;
const sweepIntervalSeconds = hour;
const days = 3;
const pollsToDiscover = 3;
const objectives = { graceSeconds: hour, stated: () => undefined };
const reads: ReadRules = { mode: 'adaptive', intervalSeconds, sweepIntervalSeconds, objectives };
const rules = { maxStalenessSeconds: sweepIntervalSeconds + 3 * intervalSeconds, objectives };

const scenarios = [
  ...(['healthy', 'sharded', 'flex', 'failing', 'stale', 'paused', 'stuck'] as const),
  ...(['legacyLeftovers', 'neverBackedUp', 'healthy', 'recovered', 'switchedOff'] as const),
  ...(['flexFailed', 'healthy', 'expiring', 'healthy'] as const),
] as const;

/** What nobody announced, hours from the start; by number of the cluster. */
const events: readonly (readonly [
  hours: number,
  cluster: number,
  (world: World, id: string, name: string, at: number) => void,
])[] = [
  [5.2, 1, onDemand],
  [9.1, 2, (world, id, name, at) => pause(world, id, name, at)],
  [13.3, 10, silence],
  [17.4, 14, (world, id, name, at) => switchBackup(world, id, name, false, at)],
  [21.6, 2, (world, id, name, at) => resume(world, id, name, at)],
  [25.9, 16, onDemand],
  [29.7, 14, (world, id, name, at) => switchBackup(world, id, name, true, at)],
  [34.8, 10, onDemand],
  [41.9, 11, (world, id, name) => world.remove(id, name)],
  [44.6, 12, onDemand],
  [50.5, 1, onDemand],
  [57.9, 16, onDemand],
];

function onDemand(world: World, id: string, name: string, at: number): void {
  const asked = { at, description: 'before the upgrade', retentionDays: 7 };
  world.change(id, name, (cluster) =>
    changeBackups(cluster, (backups) => ({ ...backups, onDemand: [...backups.onDemand, asked] })),
  );
}

function silence(world: World, id: string, name: string, at: number): void {
  world.change(id, name, (cluster) =>
    changeBackups(cluster, (backups) => stopSchedule(backups, at)),
  );
}

/** By cluster key. */
async function rowsOf(it: Surveying, now: number): Promise<ReadonlyMap<string, ClusterRow>> {
  const rows = runToEnd(clusterRows(it.fleet(), now, rules));
  return new Map(rows.map((row) => [clusterKey(row.cluster), row]));
}

const readAt = ({ backups }: ClusterRow) => lastReadAt(backups) ?? 0;

/** As the rule of AtlasBackupOverdue has it. */
function overdue(rows: ReadonlyMap<string, ClusterRow>): readonly string[] {
  return [...rows].filter(([, row]) => (row.due?.at ?? Infinity) < readAt(row)).map(([key]) => key);
}

test('over days, mode adaptive shows what mode full does, and what was on demand at the sweep', async () => {
  const world = generatedWorld(
    { seed: 'days', projects: 1, clusters: scenarios.length, scenarios },
    start,
  );
  const [first = ''] = world.projects.map(({ id }) => id);
  let now = start;
  const options = { schedules: true, now: () => now, maxLoggedRequests: 0 };
  const full = await surveying(world, options);
  const adaptive = await surveying(world, { ...options, reads });
  const requests = { full: 0, adaptive: 0 };
  const behindSince = new Map<string, number>();
  const seen = { overdue: new Set<string>(), onDemand: new Set<string>() };
  let goneFor = 0;
  const upcoming = [...events];

  for (let poll = 0; poll < (days * 24 * hour) / intervalSeconds; poll += 1) {
    now = start + poll * intervalSeconds;
    while ((upcoming[0]?.[0] ?? Infinity) * hour <= now - start) {
      const [hours = 0, number = 0, happen] = upcoming.shift() ?? [];
      happen?.(world, first, `cluster-${number}`, start + hours * hour);
    }
    for (const [it, mode] of [
      [full, 'full'],
      [adaptive, 'adaptive'],
    ] as const) {
      await it.pass({ discover: poll % pollsToDiscover === 0 });
      if (poll > 0) requests[mode] += it.simulator.requestLog.total;
    }
    const [all, some] = [await rowsOf(full, now), await rowsOf(adaptive, now)];
    const gone = [...some.keys()].filter((key) => !all.has(key));
    goneFor = gone.length === 0 ? 0 : goneFor + 1;
    // Mode full asks it and learns that it is not there; mode adaptive learns so by the listing.
    expect(goneFor).toBeLessThanOrEqual(pollsToDiscover);
    expect(some.size - gone.length).toBe(all.size);
    expect(overdue(some)).toEqual(overdue(all));
    for (const key of overdue(all)) seen.overdue.add(key);
    for (const [key, row] of all) {
      const other = some.get(key);
      if (other === undefined) continue;
      expect(now - readAt(other)).toBeLessThan(sweepIntervalSeconds);
      expect(other.state).toBe(row.state);
      const [newest, known] = [row.known?.newestCompleted, other.known?.newestCompleted];
      if (newest?.id === known?.id) {
        behindSince.delete(key);
        continue;
      }
      expect(newest?.type).toBe('on_demand');
      seen.onDemand.add(key);
      const since = behindSince.get(key) ?? now;
      behindSince.set(key, since);
      expect(now - since).toBeLessThan(sweepIntervalSeconds);
    }
  }

  // None of it would be proven if nothing had happened.
  expect(seen.overdue.size).toBeGreaterThan(4);
  expect(seen.onDemand.size).toBeGreaterThan(0);
  // Half of these clusters are in trouble, and asked at every poll.
  expect(requests.adaptive / requests.full).toBeLessThan(0.6);
});
