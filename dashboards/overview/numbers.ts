import type { PanelBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { objectiveBurn, ratioOver30Days } from '../../src/alerting/objectives.ts';
import { max } from '../../src/alerting/promql.ts';
import { anyFinding, findingNames } from '../findings.ts';
import { stat } from '../panels.ts';
import { fact, ofFleet, perCluster, selected, within } from '../selection.ts';
import { alerted, type Counted, inState } from '../states.ts';
import { steps } from '../thresholds.ts';

const everyCluster = selected(fact('enabled'));

/** 0 only where there are clusters that were asked about. */
export function howMany(expression: string): string {
  return `count(${expression}) or 0 * count(${everyCluster})`;
}

function number(state: Counted): PanelBuilder {
  return stat({
    title: state.word,
    description: `${state.about}\n\nAs of now, without the time for which an alert waits. A cluster can count in several numbers of alerts.`,
    width: 4,
    unit: 'none',
    expr: howMany(selected(perCluster(state.condition))),
    steps: steps('none', [1, state.meaning]),
  });
}

const newestAge = `time() - ${fact('snapshot_last_completed_timestamp_seconds')}`;
const readAge = `time() - ${fact('refresh_last_success_timestamp_seconds')}`;
const size = fact('snapshots_size_bytes');
const inTime = `(${max('snapshot_due_timestamp_seconds')} >= bool time())`;

/** How share of clusters inside their objective is worked out, for now and over time. */
export const shareInTime = `avg(${selected(perCluster(inTime))})`;

export const target = objectiveBurn.parameters.target.default;

export const numbers: readonly PanelBuilder[] = [
  stat({
    title: 'Clusters',
    description: 'All that are in scope and chosen above.',
    width: 4,
    unit: 'none',
    expr: `count(${everyCluster})`,
  }),
  number(inState('ok')),
  ...Object.values(alerted).map(number),
  number(inState('paused')),
  number(inState('no_objective')),
  number({
    word: 'Other alerts',
    meaning: 'warning',
    about: `The condition of one of these, which decide no state: ${findingNames.join(', ')}. The table names them.`,
    condition: anyFinding,
  }),
  stat({
    title: 'Inside objective',
    description:
      'Share of the clusters with a due time that has not passed. One whose backup could not be seen in time counts as outside.',
    width: 4,
    unit: 'percentunit',
    decimals: 1,
    expr: shareInTime,
    steps: steps('warning', [target, 'good']),
  }),
  stat({
    title: 'Inside objective, 30 days',
    description:
      'Share of the cluster-time of 30 days inside the objective, of the jobs chosen above; lower of several. Needs the recorded series of the rules that come with the exporter.',
    width: 4,
    unit: 'percentunit',
    decimals: 2,
    expr: within(ofFleet, `min(${ratioOver30Days.name})`),
    otherwise: 'needs the rules',
    steps: steps('warning', [target, 'good']),
  }),
  stat({
    title: 'Longest without a backup',
    description:
      'Age of the newest completed snapshot of the cluster where it is oldest. Clusters that are paused, or have backup switched off, are left out.',
    width: 4,
    unit: 's',
    decimals: 1,
    expr: `max(${selected(`${newestAge} and on (project_id, cluster) ${max('snapshot_due_timestamp_seconds')}`)})`,
  }),
  stat({
    title: 'Oldest reading',
    description: 'How long ago the snapshots of the cluster were read that was read longest ago.',
    width: 4,
    unit: 's',
    decimals: 1,
    expr: `max(${selected(readAge)})`,
  }),
  stat({
    title: 'Storage of snapshots',
    description:
      'Sum of the storage sizes of all completed snapshots, which is not the billed size. Flex clusters have none.',
    width: 4,
    unit: 'bytes',
    decimals: 1,
    expr: `sum(${selected(size)})`,
  }),
];
