import { describe, expect, test } from 'vitest';
import { evaluationContext } from '../../src/alerting/blind.ts';
import type { State } from '../../src/alerting/states.ts';
import { alerts } from '../../src/collectors/alerts.ts';
import { alertConditions } from '../../src/collectors/conditions.ts';
import type { Cluster } from '../../src/domain/cluster.ts';
import { failureReasons } from '../../src/domain/failure.ts';
import { plainText } from '../../src/domain/phrase.ts';
import { runToEnd } from '../../src/runtime/event-loop.ts';
import {
  conditionHistory,
  firstSeen,
  noConditionHistory,
} from '../../src/status/condition-history.ts';
import { judge, reasonOf } from '../../src/status/judgement.ts';
import { cluster, type Found, fleetAfter, timeout } from '../domain/reports.ts';
import { everyHours } from '../domain/schedules.ts';
import { completed, day, hour, noon, uncompleted } from '../domain/snapshots.ts';
import { rowsOf } from '../metrics/pages.ts';
import { generationAfter } from './rows.ts';

const seen = (more: Partial<Cluster>, found: Partial<Found>, at = noon): Found => ({
  at,
  projects: { a: ['p'] },
  clusters: { p: [cluster('p/x', more)] },
  schedules: { 'p/x': everyHours(6) },
  ...found,
});
const taken = (at: number) => ({ backups: { 'p/x': [completed(at)] } });
const none = { backups: { 'p/x': [] } };

/** The row of cluster x and what there is to say of it. */
async function judged(passes: readonly Found[], now = noon) {
  const fleet = fleetAfter(passes);
  const rows = rowsOf(fleet, now);
  const [row] = rows;
  if (row === undefined) throw new Error('there is no cluster');
  const context = evaluationContext(generationAfter(fleet, now), rows, {
    now,
    pollIntervalSeconds: 300,
    sweepIntervalSeconds: 0,
  });
  const judgement = judge(row, context);
  return { row, judgement, reason: plainText(reasonOf(row, judgement, context)) };
}

describe('the state of a cluster', () => {
  test.each<[State, string, readonly Found[]]>([
    ['ok', 'with a snapshot in time', [seen({}, taken(noon - hour))]],
    ['late', 'without one in time', [seen({}, taken(noon - 8 * hour))]],
    ['never_taken', 'that should have had its first', [seen({}, none)]],
    ['awaiting_first', 'whose first is to come', [seen({ createdAt: noon - hour }, none)]],
    ['pending', 'before its first read', [seen({}, {})]],
    ['not_readable', 'that could never be read', [seen({}, { backups: { 'p/x': timeout } })]],
    [
      'unverified',
      'that could not be read since its due time',
      [
        seen({}, taken(noon - 8 * hour), noon - 2 * hour),
        seen({}, { backups: { 'p/x': timeout } }),
      ],
    ],
    [
      'expiring',
      'whose last snapshot is deleted soon',
      [
        seen(
          { backupEnabled: false },
          { backups: { 'p/x': [completed(noon - 6 * day, { expiresAt: noon + hour })] } },
        ),
      ],
    ],
    [
      'stuck',
      'with a run that does not end',
      [
        seen(
          {},
          { backups: { 'p/x': [completed(noon - hour), uncompleted('queued', noon - 7 * hour)] } },
        ),
      ],
    ],
    [
      'failing',
      'whose last run failed',
      [
        seen(
          {},
          { backups: { 'p/x': [completed(noon - hour), uncompleted('failed', noon - 60)] } },
        ),
      ],
    ],
    ['disabled', 'with backup off', [seen({ backupEnabled: false }, none)]],
    ['paused', 'that is paused', [seen({ paused: true }, taken(noon - 9 * hour))]],
    [
      'no_objective',
      'without a schedule',
      [seen({}, { ...taken(noon - hour), schedules: { 'p/x': null } })],
    ],
    ['unsupported', 'that is free', [seen({ instanceSize: 'M0', backupEnabled: false }, none)]],
  ])('%s: one %s', async (state, _, passes) => {
    expect((await judged(passes)).judgement.state).toBe(state);
  });

  test('exempt: one that the configuration exempts', async () => {
    const passes = [
      {
        ...seen({}, {}),
        clusters: { p: [cluster('p/sandbox', { backupEnabled: false })] },
        backups: { 'p/sandbox': [] },
      },
    ];
    expect((await judged(passes)).judgement).toEqual({
      state: 'exempt',
      conditions: [],
      severity: undefined,
    });
  });
});

test('the reason is that of the state, however many alerts there are', async () => {
  const old = completed(noon - 6 * day, { expiresAt: noon + hour });
  const { judgement, reason } = await judged([seen({}, { backups: { 'p/x': [old] } })]);
  const names = judgement.conditions.map(({ condition }) => condition.alert.name);
  expect(names).toEqual(['AtlasBackupOverdue', 'AtlasBackupRecoverabilityEnding']);
  expect(judgement).toMatchObject({ state: 'late', severity: 'critical' });
  expect(reason).toBe(
    'The newest completed snapshot was taken 2026-08-06 12:00 UTC. Another was due by 2026-08-06 19:00 UTC.',
  );
});

test('a reason names the remedy of what failed', async () => {
  const passes = [
    seen({}, taken(noon - 3 * hour), noon - 2 * hour),
    seen({}, { backups: { 'p/x': timeout } }),
  ];
  const { reason } = await judged(passes);
  expect(reason).toBe(
    `Its snapshots were last read 2026-08-12 10:00 UTC. ${failureReasons.timeout}`,
  );
});

test('a pause counts as too long after a week of being seen', async () => {
  const paused = { paused: true };
  const backups = { 'p/x': [completed(noon - 9 * day, { expiresAt: noon + 90 * day })] };
  const after = async (seconds: number) => {
    const passes = [
      seen(paused, { backups }, noon - seconds),
      seen(paused, { backups }, noon - day),
      seen(paused, { backups }),
    ];
    return (await judged(passes)).judgement.conditions.map(({ condition, since }) => [
      condition.alert.name,
      since,
    ]);
  };
  expect(await after(7 * day - 1)).toEqual([]);
  expect(await after(7 * day)).toEqual([['AtlasBackupPausedTooLong', noon]]);
  expect(await after(8 * day)).toEqual([['AtlasBackupPausedTooLong', noon - day]]);
});

describe('a sighting', () => {
  const late = fleetAfter([seen({}, taken(noon - 8 * hour))]);
  const met = fleetAfter([seen({}, taken(noon - hour))]);
  const polled = async (before: typeof noConditionHistory, fleet: typeof late, now: number) => {
    const rows = rowsOf(fleet, now);
    const context = evaluationContext(generationAfter(fleet, now), rows, {
      now,
      pollIntervalSeconds: 300,
      sweepIntervalSeconds: 0,
    });
    return runToEnd(conditionHistory(before, rows, context));
  };
  const overdue =
    alertConditions.find(({ alert }) => alert.name === 'AtlasBackupOverdue') ??
    expect.unreachable();
  const at = (all: typeof noConditionHistory) => firstSeen(all, cluster('p/x'), overdue);

  test('is the end of the first poll that met the condition', async () => {
    const first = await polled(noConditionHistory, late, noon + 10);
    const second = await polled(first, late, noon + 310);
    expect([at(first), at(second), second.beganAt]).toEqual([noon + 10, noon + 10, noon + 10]);
  });

  test('is forgotten when the condition ends', async () => {
    const first = await polled(noConditionHistory, late, noon);
    const second = await polled(first, met, noon + 300);
    expect(at(second)).toBeUndefined();
    expect(at(await polled(second, late, noon + 600))).toBe(noon + 600);
  });
});

test('every shipped alert that names a cluster has a condition, but the one about clusters that are gone', () => {
  const aboutClusters = alerts
    .filter(({ summary }) => summary.includes('{{ $labels.cluster }}'))
    .map(({ name }) => name);
  const asked = alertConditions.map(({ alert }) => alert.name);
  expect([...new Set(asked), 'AtlasBackupClusterRemoved'].toSorted()).toEqual(
    aboutClusters.toSorted(),
  );
});
