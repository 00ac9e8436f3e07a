import { PanelBuilder as BarsBuilder } from '@grafana/grafana-foundation-sdk/bargauge';
import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import {
  BarGaugeDisplayMode,
  BarGaugeValueMode,
  ReduceDataOptionsBuilder,
  VizOrientation,
} from '@grafana/grafana-foundation-sdk/common';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { coloured, series } from '../panels.ts';
import { datasource, nowTargets } from '../queries.ts';
import { fact, perCluster, selected } from '../selection.ts';
import { alerted, type Counted } from '../states.ts';
import { always, steps } from '../thresholds.ts';
import { howMany, shareInTime, target } from './numbers.ts';

const followed: readonly Counted[] = [
  alerted.late,
  alerted.unverified,
  alerted.not_readable,
  alerted.failing,
];

const aged = `time() - ${fact('snapshot_last_completed_timestamp_seconds')} and on (project_id, cluster) ${fact('snapshot_due_timestamp_seconds')}`;

export const trends: readonly Builder<Panel>[] = [
  series({
    title: 'Clusters by problem',
    description: `How many clusters were so, each by the condition of its alert and without the time for which the alert waits: ${followed.map(({ word }) => word.toLowerCase()).join(', ')}.`,
    width: 12,
    unit: 'none',
    // Each point asks about every cluster.
    maxPoints: 300,
    queries: followed.map(({ word, condition }) => ({
      expr: howMany(selected(perCluster(condition))),
      legend: word,
    })),
    styles: Object.fromEntries(followed.map(({ word, meaning }) => [word, [coloured(meaning)]])),
  }),
  series({
    title: 'Share of clusters inside their objective',
    description:
      'Of the clusters with a due time, those where it had not passed. The line is the target of AtlasBackupObjectiveBurn.',
    width: 12,
    unit: 'percentunit',
    maxPoints: 300,
    queries: [{ expr: shareInTime, legend: 'inside objective' }],
    styles: { 'inside objective': [coloured('plain')] },
    steps: steps('bad', [target, 'good']),
  }),
  new BarsBuilder()
    .title('Longest without a backup')
    .description(
      'Age of the newest completed snapshot, where it is oldest. Clusters that are paused or have backup switched off are left out.',
    )
    .datasource(datasource)
    .span(12)
    .height(8)
    .targets(
      nowTargets([
        { expr: `sort_desc(topk(10, ${selected(aged)}))`, legend: '{{project}} / {{cluster}}' },
      ]),
    )
    .unit('s')
    .decimals(1)
    .min(0)
    .displayMode(BarGaugeDisplayMode.Basic)
    .valueMode(BarGaugeValueMode.Text)
    .orientation(VizOrientation.Horizontal)
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']).fields('').values(false))
    .noValue('no data')
    .thresholds(always('plain').builder()),
  series({
    title: 'Storage of snapshots by project',
    description:
      'Sum of the storage sizes of all completed snapshots, which is not the billed size. Flex clusters have none, and those that were not read for long are missing.',
    width: 12,
    unit: 'bytes',
    stacked: true,
    queries: [
      {
        expr: `sum by (project_id, project) (${selected(fact('snapshots_size_bytes'))}) > 0`,
        legend: '{{project}}',
      },
    ],
  }),
];
