import { describe, expect, onTestFinished, test } from 'vitest';
import { newFleet } from '../../src/domain/fleet.ts';
import { firstGeneration } from '../../src/domain/generation.ts';
import type { Report } from '../../src/domain/report.ts';
import { newPoller } from '../../src/exporter/poller.ts';
import { fraction } from '../../src/simulator/world/random.ts';
import { standingTime, type VirtualTime } from '../atlas/transport/virtual-time.ts';

const intervalMs = 300_000;

/** A pass that read nothing, at once. */
const report: Report = {
  endedAt: 1_786_528_800,
  projects: new Map(),
  clusters: new Map(),
  backups: new Map(),
  collected: new Map(),
  unreliable: new Set(),
  anomalies: { rejected: [], unknown: [], duplicateProjects: 0, clustersOverLimit: 0 },
};

/** A poller in the background, and the milliseconds after its start at which it has polled. */
async function pollingByItself(time: VirtualTime, random: () => number) {
  const from = time.now();
  const polledAt: number[] = [];
  const poller = await newPoller({
    plan: {
      survey: async () => {
        polledAt.push(time.now() - from);
        return report;
      },
      prepare: async () => ({ complete: true }),
      intervalMs,
      discoveryIntervalMs: intervalMs,
      background: true,
    },
    known: firstGeneration(newFleet([{ name: 'main', namedProjects: [] }]), [
      'clusters',
      'snapshots',
    ]),
    timing: { ...time.timing, random },
    observer: { polled: () => undefined, broke: () => undefined, progress: () => undefined },
  });
  onTestFinished(poller.stop);
  return { poller, polledAt };
}

const gaps = (times: readonly number[]) => times.slice(1).map((at, n) => at - (times[n] ?? 0));

describe('in the background', () => {
  test('a poll begins with every interval, however late the first one came', async () => {
    const time = standingTime();
    const { poller, polledAt } = await pollingByItself(time, () => 0);
    await time.advance(25);
    poller.refreshIfDue();
    await time.advance(intervalMs * 5);
    expect(polledAt).toEqual([0, 1, 2, 3, 4, 5].map((n) => 25 + n * intervalMs));
  });

  test('a poll that a scrape has started takes the place of the next', async () => {
    const time = standingTime();
    const { poller, polledAt } = await pollingByItself(time, () => 0.99);
    poller.refreshIfDue();
    await time.advance(intervalMs);
    poller.refreshIfDue();
    await time.advance(intervalMs * 1.05);
    expect(polledAt).toEqual([0, intervalMs]);
    await time.advance(intervalMs * 0.05);
    expect(polledAt).toHaveLength(3);
  });

  test('exporters that start in the same second drift apart, none by more than a tenth of the interval', async () => {
    const time = standingTime();
    const exporters = await Promise.all(
      Array.from({ length: 5 }, (_, n) => {
        let asked = 0;
        return pollingByItself(time, () => {
          asked += 1;
          return fraction(n, asked);
        });
      }),
    );
    for (const { poller } of exporters) poller.refreshIfDue();
    await time.advance(intervalMs * 24);
    for (const { polledAt } of exporters) {
      expect(polledAt.length).toBeGreaterThan(20);
      expect(Math.min(...gaps(polledAt))).toBeGreaterThanOrEqual(intervalMs);
      expect(Math.max(...gaps(polledAt))).toBeLessThanOrEqual(intervalMs * 1.1);
    }
    expect(mostInOneSecond(exporters, 0)).toBe(5);
    const later = Array.from({ length: 18 }, (_, n) => mostInOneSecond(exporters, n + 3));
    expect(Math.max(...later)).toBeLessThanOrEqual(2);
  });
});

/** How many of them began their poll number `n` within the same second. */
function mostInOneSecond(exporters: readonly { polledAt: readonly number[] }[], n: number): number {
  const times = exporters.map(({ polledAt }) => polledAt[n] ?? Number.NaN);
  return Math.max(
    ...times.map((one) => times.filter((at) => at >= one && at - one < 1_000).length),
  );
}
