import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { within } from '../../../dashboards/selection.ts';
import { inState, worstFirst } from '../../../dashboards/states.ts';
import { evaluationContext } from '../../../src/alerting/blind.ts';
import { alertConditions } from '../../../src/alerting/conditions.ts';
import type { PollTiming } from '../../../src/alerting/evaluation.ts';
import type { State } from '../../../src/alerting/states.ts';
import { clusterKey } from '../../../src/domain/cluster.ts';
import type { ClusterRow } from '../../../src/domain/cluster-view.ts';
import { judge } from '../../../src/status/judgement.ts';
import { timeout } from '../../domain/reports.ts';
import { hour, noon } from '../../domain/snapshots.ts';
import { type Prometheus, startPrometheus } from '../prometheus.ts';
import { tool } from '../tools.ts';
import { fillWith, type Known, polled, pollSeconds } from './history.ts';
import { anyLife, foundOf, type Life } from './lives.ts';

const binary = tool('PROMETHEUS');
const promtool = tool('PROMTOOL');

const lives = fc.sample(anyLife, { seed: 20_260_812, numRuns: 250 });
const nameOf = ({ exempt }: Life, n: number) => `${exempt ? 'sandbox' : 'c'}${n}`;

/** The same clusters as four exporters see them. */
const exporters = {
  'reads all': { unreadMinutes: 0, schedules: {}, sweepIntervalSeconds: 0 },
  'reads all once an hour': { unreadMinutes: 0, schedules: {}, sweepIntervalSeconds: hour },
  'cannot read a schedule': {
    unreadMinutes: 0,
    schedules: { 'p/c1': timeout },
    sweepIntervalSeconds: 0,
  },
  'has read nothing for hours': { unreadMinutes: 130, schedules: {}, sweepIntervalSeconds: 0 },
} as const;
type Exporter = keyof typeof exporters;
const names = Object.keys(exporters) as readonly Exporter[];

/** That a cluster is paused has no series any more when it was last read long ago. */
function seriesTell({ state: read }: ClusterRow, state: State): State {
  return state === 'paused' && read === 'expired' ? 'no_objective' : state;
}

const times = Array.from(
  { length: (4 * hour) / pollSeconds + 1 },
  (_, n) => noon - n * pollSeconds,
);

const paceOf = (exporter: Exporter): PollTiming => ({
  pollIntervalSeconds: pollSeconds,
  sweepIntervalSeconds: exporters[exporter].sweepIntervalSeconds,
});

function passesOf(exporter: Exporter) {
  const { unreadMinutes, schedules } = exporters[exporter];
  return times.toReversed().map((at) => {
    const all = lives.map((life, n) => {
      const seen = { ...life, unreadMinutes: Math.max(life.unreadMinutes, unreadMinutes) };
      return foundOf(nameOf(life, n), seen, at);
    });
    return {
      at,
      projects: { a: ['p'] },
      clusters: { p: all.map(({ cluster }) => cluster) },
      backups: Object.assign({}, ...all.map(({ backups }) => backups)),
      schedules: Object.assign({}, ...all.map((one) => one.schedules), schedules),
      futureAt: Object.assign({}, ...all.map(({ futureAt }) => futureAt)),
    };
  });
}

describe.skipIf(binary === undefined || promtool === undefined)('the condition of', () => {
  const known = new Map<Exporter, Known>();
  let prometheus: Prometheus | undefined;

  beforeAll(async () => {
    const samples: string[] = [];
    for (const name of names) {
      known.set(
        name,
        await polled(name, paceOf(name), passesOf(name), (text) => samples.push(text)),
      );
    }
    const flags = ['--storage.tsdb.retention.time=100y'];
    prometheus = await startPrometheus(binary ?? '', {}, flags, (data) =>
      fillWith(samples.join(''), promtool ?? '', data),
    );
    await prometheus.ready();
  }, 120_000);
  afterAll(() => prometheus?.stop());

  /** Exporter and cluster of each condition that is true, by what the exporter knows. */
  function trueOf(alert: string): readonly string[] {
    return names.flatMap((name) => {
      const { generation, page } = known.get(name) ?? expect.unreachable();
      const context = evaluationContext(generation, page.clusters, { now: noon, ...paceOf(name) });
      return page.clusters
        .filter((row) =>
          judge(row, context).conditions.some(({ condition }) => condition.alert.name === alert),
        )
        .map(({ cluster }) => `${name}: ${clusterKey(cluster)}`);
    });
  }

  async function seenNow(expression: string) {
    const now = { from: noon, to: noon, stepSeconds: 1, lookbackSeconds: pollSeconds };
    return (await prometheus?.seen(expression, now)) ?? [];
  }

  /** The same, by the shipped expression and a real Prometheus. */
  async function evaluated(expression: string): Promise<readonly string[]> {
    return (await seenNow(expression)).map(
      ({ labels }) => `${labels['job']}: ${labels['project_id']}/${labels['cluster']}`,
    );
  }

  test.each(alertConditions.map((one) => [one.alert.name, one] as const))(
    '%s',
    async (name, { expression }) => {
      const expected = await evaluated(expression);
      expect(trueOf(name).toSorted()).toEqual(expected.toSorted());
      // A cluster has to be paused for a week, which is longer than these lives.
      if (name !== 'AtlasBackupPausedTooLong') expect(expected.length).toBeGreaterThan(2);
    },
  );

  test.each(worstFirst)('the state %s is that of the dashboards', async (state) => {
    const paged = names.flatMap((name) => {
      const { generation, page } = known.get(name) ?? expect.unreachable();
      const context = evaluationContext(generation, page.clusters, { now: noon, ...paceOf(name) });
      return page.clusters
        .filter((row) => seriesTell(row, judge(row, context).state) === state)
        .map(({ cluster }) => `${name}: ${clusterKey(cluster)}`);
    });
    const { condition } = inState(state);
    const charted = await Promise.all(
      names.map(async (name) => {
        const own = `job="${name}"`;
        const found = await seenNow(within({ ofCluster: own, ofExporter: own }, condition));
        return found.map(({ labels }) => `${name}: ${labels['project_id']}/${labels['cluster']}`);
      }),
    );
    expect(charted.flat().toSorted()).toEqual(paged.toSorted());
    expect(paged.length).toBeGreaterThan(0);
  });
});
