import type { PanelBuilder } from '@grafana/grafana-foundation-sdk/table';
import { recoverabilityEnding } from '../../src/alerting/recoverability.ts';
import { coded, duration, label, links, moment, timeLeft } from '../columns.ts';
import { findingCode, findingWords } from '../findings.ts';
import { fact, selected } from '../selection.ts';
import { stateCode, stateList, stateWords } from '../states.ts';
import { table } from '../tables.ts';

const before = recoverabilityEnding.parameters.before.default;

const until = fact('recoverable_until_timestamp_seconds');
const linked = { more: [links] };

export const clusterTable: PanelBuilder = table({
  title: 'Clusters, worst first',
  description: `One row a cluster, in its state as on the page of the exporter that explains it:\n\n${stateList}\n\nOther alert: the first whose condition holds and which decides no state. A click on a cluster leads to its own dashboard, and to the page of the exporter that explains it.`,
  width: 24,
  height: 18,
  sortedBy: [
    { column: 'State', descending: true },
    { column: 'Other alert', descending: true },
    { column: 'Due in', descending: false },
  ],
  columns: [
    coded('State', selected(stateCode), stateWords, 130),
    label('project', 'Project', linked),
    label('cluster', 'Cluster', linked),
    coded('Other alert', selected(findingCode), findingWords, 230),
    duration('Age', selected(`time() - ${fact('snapshot_last_completed_timestamp_seconds')}`)),
    timeLeft('Due in', selected(`${fact('snapshot_due_timestamp_seconds')} - time()`), 0, 'bad'),
    duration('Objective', selected(fact('rpo_objective_seconds'))),
    timeLeft(
      'Newest expires in',
      selected(`${fact('snapshot_last_completed_expiry_timestamp_seconds')} - time()`),
      0,
      'bad',
    ),
    timeLeft('Recoverable for', selected(`${until} - time()`), before, 'bad'),
    {
      title: 'Newest size',
      from: { expr: selected(fact('snapshot_last_completed_size_bytes')) },
      unit: 'bytes',
      width: 110,
    },
    moment('Last read', selected(fact('refresh_last_success_timestamp_seconds'))),
  ],
  hidden: ['project_id'],
});
