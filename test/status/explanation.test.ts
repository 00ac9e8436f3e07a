import { describe, expect, test } from 'vitest';
import type { Fleet } from '../../src/domain/fleet.ts';
import { explain } from '../../src/status/explanation.ts';
import { cluster, fleetAfter, project, timeout } from '../domain/reports.ts';
import { everyHours } from '../domain/schedules.ts';
import { completed, hour, noon } from '../domain/snapshots.ts';
import { fleets } from '../metrics/fleets.ts';
import { onlyRow, texts, viewOf } from './explaining.ts';

async function explained(fleet: Fleet, given: Parameters<typeof viewOf>[1] = {}) {
  const view = await viewOf(fleet, given);
  return explain(onlyRow(view), view);
}

/** Taken every six hours; one snapshot, taken then. */
const ledger = (takenAt: number) =>
  fleetAfter([
    {
      projects: { main: [project('p1', 'payments')] },
      clusters: { p1: [cluster('p1/ledger')] },
      backups: { 'p1/ledger': [completed(takenAt, { policyItemIds: ['hourly item'] })] },
      schedules: { 'p1/ledger': everyHours(6) },
    },
  ]);

describe('a raised alert', () => {
  test('tells since when it holds, since when that is known, and when it fires', async () => {
    expect(
      (await explained(ledger(noon - 8 * hour), { now: noon + 60 })).activeAlerts,
    ).toMatchObject([
      {
        name: 'AtlasBackupOverdue',
        severity: 'critical',
        since: noon - hour,
        knownSince: noon,
        fromTheStart: true,
        forSeconds: 300,
        firesAt: noon + 300,
        runbook: expect.stringMatching(/docs\/runbooks\/AtlasBackupOverdue\.md$/),
      },
    ]);
  });

  test('that came to hold after the last poll is known to none yet', async () => {
    const { activeAlerts: raised } = await explained(ledger(noon - 6 * hour), {
      now: noon + 2 * hour,
    });
    expect(raised.find(({ name }) => name === 'AtlasBackupUnverified')).toMatchObject({
      since: noon + hour + 600,
      knownSince: undefined,
      fromTheStart: false,
      firesAt: undefined,
    });
  });
});

describe('what the page of a cluster rests on', () => {
  test('is told with the time of the next read', async () => {
    const [clusters, snapshots, schedule] = (await explained(fleets.scheduled)).reads;
    expect(clusters).toMatchObject({ kind: 'fresh', readAt: noon, nextAt: noon + 900 });
    expect(snapshots).toMatchObject({ kind: 'fresh', readAt: noon, nextAt: noon + 300 });
    expect(schedule?.kind).toBe('fresh');
    expect(schedule?.nextAt).toBeGreaterThanOrEqual(noon + 1.5 * hour);
    expect(schedule?.nextAt).toBeLessThanOrEqual(noon + 2.5 * hour);
  });

  test('is told with what failed and how to mend it; then the next poll reads it', async () => {
    const [clusters, snapshots] = (await explained(fleets.stale)).reads;
    for (const one of [clusters, snapshots]) {
      expect(one).toMatchObject({
        kind: 'stale',
        readAt: noon - hour,
        failed: { ...timeout, remedy: 'Atlas did not answer in time.' },
        nextAt: noon + 300,
      });
    }
  });

  test('says of what was never read that it was not', async () => {
    expect((await explained(fleets.neverRead)).reads[1]).toMatchObject({
      kind: 'failed',
      readAt: undefined,
      failed: timeout,
    });
  });

  test.each([
    ['flex', 'Atlas shows none of flex clusters.'],
    ['disabled', 'Backup is switched off in Atlas: there is none.'],
  ] as const)('says why the schedule of a cluster that is %s is not read', async (name, note) => {
    const [, , schedule] = (await explained(fleets[name])).reads;
    expect(schedule).toMatchObject({ kind: 'not_read', nextAt: undefined });
    expect(texts([schedule?.note])).toEqual([note]);
  });

  test('says when the configuration has switched schedules off', async () => {
    const [, , schedule] = (
      await explained(fleets.healthy, {
        polls: { collectors: { clusters: true, snapshots: true } },
      })
    ).reads;
    expect(texts([schedule?.note])[0]).toContain('collectors.schedule');
  });
});

describe('what is left out', () => {
  test.each([
    ['healthy', ''],
    ['stale', ''],
    ['expired', 'Its snapshots were last read more than 1h ago (poll.max_staleness).'],
    ['scheduleExpired', 'Its schedule could not be read for too long (poll.max_staleness).'],
  ] as const)('of a cluster that is %s', async (name, begins) => {
    const [text = ''] = texts([(await explained(fleets[name])).leftOut]);
    expect(text.startsWith(begins)).toBe(true);
    expect(text === '').toBe(begins === '');
  });
});

test.each([
  ['scheduled', 'The schedule announces its next run for 2026-08-12 16:00 UTC.'],
  ['healthy', ''],
  [
    'scheduleStale',
    'The schedule announced its next run for 2026-08-12 11:00 UTC. That has passed, and Atlas could not be asked for the one after.',
  ],
] as const)('the next run of a cluster that is %s is told', async (name, words) => {
  expect(texts([(await explained(fleets[name])).nextRun])).toEqual([words]);
});

test('each policy item is told with the snapshots that name it, and whether it decides', async () => {
  const { items } = await explained(fleets.scheduled);
  expect(
    items.map(({ item, decides, count, newest }) => [item.id, decides, count, newest?.takenAt]),
  ).toEqual([
    ['i1', true, 8, noon - 1800],
    ['i2', false, 0, undefined],
  ]);
});

test('the snapshots come newest first', async () => {
  const times = (await explained(fleets.failing)).snapshots.map(({ requestedAt }) => requestedAt);
  expect(times).toEqual(times.toSorted((a, b) => b - a));
  expect(times.length).toBe(8);
});
