import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { within } from '../../../dashboards/selection.ts';
import { inState, worstFirst } from '../../../dashboards/states.ts';
import { shippedRules } from '../../../generate/alerts/rule-file.ts';
import { exporterBlind } from '../../../src/alerting/reading.ts';
import type { State } from '../../../src/alerting/states.ts';
import { withoutRecordings } from '../../../src/collectors/alerts.ts';
import { alertConditions } from '../../../src/collectors/conditions.ts';
import type { ClusterRow } from '../../../src/domain/cluster-view.ts';
import { judge } from '../../../src/status/judgement.ts';
import { type Answer, answersText, histories, judged } from '../../conditions/answers.ts';
import { type Prometheus, startPrometheus } from '../prometheus.ts';
import { tool } from '../tools.ts';
import { fillWith, samplesOf } from './samples.ts';

const binary = tool('PROMETHEUS');
const promtool = tool('PROMTOOL');

const questions = [
  ...alertConditions.map(({ alert, severity, expression }) => ({ alert, severity, expression })),
  ...shippedRules(exporterBlind).map(({ severity, expression }) => ({
    alert: exporterBlind,
    severity,
    expression: withoutRecordings(expression),
  })),
];

/** That a cluster is paused has no series any more when it was last read long ago. */
function seriesTell({ state: read }: ClusterRow, state: State): State {
  return state === 'paused' && read === 'expired' ? 'no_objective' : state;
}

describe.skipIf(binary === undefined || promtool === undefined)('a real Prometheus', () => {
  let prometheus: Prometheus | undefined;

  beforeAll(async () => {
    const samples: string[] = [];
    for (const history of histories) {
      for await (const text of samplesOf(history)) samples.push(text);
    }
    const flags = ['--storage.tsdb.retention.time=100y'];
    prometheus = await startPrometheus(binary ?? '', {}, flags, (data) =>
      fillWith(samples.join(''), promtool ?? '', data),
    );
    await prometheus.ready();
  }, 240_000);
  afterAll(() => prometheus?.stop());

  async function labelsAt(expression: string, at: number) {
    const moment = { from: at, to: at, stepSeconds: 1, lookbackSeconds: 300 };
    return ((await prometheus?.seen(expression, moment)) ?? []).map(({ labels }) => labels);
  }

  /** By the shipped expression. */
  async function answerTo(question: string, expression: string): Promise<Answer> {
    const byEnd = new Map<number, Awaited<ReturnType<typeof labelsAt>>>();
    for (const { end } of histories) {
      if (!byEnd.has(end)) byEnd.set(end, await labelsAt(expression, end));
    }
    return [
      question,
      histories.map(({ exporter, end }) => [
        exporter,
        (byEnd.get(end) ?? [])
          .filter(({ job }) => job === exporter)
          .map(({ cluster = 'blind' }) => cluster),
      ]),
    ];
  }

  test('answers as is written down; npm run answers writes it', { timeout: 120_000 }, async () => {
    const answers: Answer[] = [];
    for (const { alert, severity, expression } of questions) {
      answers.push(await answerTo(`${alert.name} ${severity}`, expression));
    }
    await expect(answersText(answers)).toMatchFileSnapshot('../../golden/conditions.txt');
  });

  test.each(worstFirst)(
    'finds in the state %s of the dashboards who is in it on the pages',
    {
      timeout: 120_000,
    },
    async (state) => {
      const { condition } = inState(state);
      for (const { exporter, rows, context, end } of judged) {
        const paged = rows
          .filter((row) => seriesTell(row, judge(row, context).state) === state)
          .map(({ cluster }) => cluster.name);
        const own = `job="${exporter}"`;
        const charted = await labelsAt(within({ ofCluster: own, ofExporter: own }, condition), end);
        const clusters = charted.map(({ cluster = '' }) => cluster);
        expect([exporter, clusters.toSorted()]).toEqual([exporter, paged.toSorted()]);
      }
    },
  );

  test('is asked about clusters in every state', () => {
    const states = judged.flatMap(({ rows, context }) =>
      rows.map((row) => judge(row, context).state),
    );
    expect(worstFirst.filter((state) => !states.includes(state))).toEqual([]);
  });
});
