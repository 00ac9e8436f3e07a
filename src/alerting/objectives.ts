import { exporterAlert, type Group, type Recording } from './alert.ts';
import { count, ratio } from './parameters.ts';
import { lines, max } from './promql.ts';
import { asked } from './words.ts';

const met: Recording = {
  name: 'mongodbatlas_backup:objective_met:bool',
  about:
    '1 while a cluster is inside its objective, 0 past its due time, whether a backup is missing or could not be seen. Absent without a due time.',
  expression: `${max('snapshot_due_timestamp_seconds')} >= bool time()`,
};
const metCount: Recording = {
  name: 'mongodbatlas_backup:objective_met:sum',
  about: 'Clusters of a job inside their objective.',
  expression: `sum without (project_id, project, cluster) (${met.name})`,
};
const allCount: Recording = {
  name: 'mongodbatlas_backup:objective_met:count',
  about: 'Clusters of a job that have a due time.',
  expression: `count without (project_id, project, cluster) (${met.name})`,
};

/** The share of cluster-time, not an average of averages: hours with more clusters weigh more. */
function insideOver(window: string): string {
  return lines(
    `sum_over_time(${metCount.name}[${window}])`,
    `/ sum_over_time(${allCount.name}[${window}])`,
  );
}

const ratioNow: Recording = {
  name: 'mongodbatlas_backup:objective_met:ratio',
  about: 'Share of the clusters of a job inside their objective now.',
  expression: `${metCount.name} / ${allCount.name}`,
};
export const ratioOver30Days: Recording = {
  name: 'mongodbatlas_backup:objective_met:ratio_30d',
  about: 'Share of the cluster-time of the last 30 days inside the objective.',
  expression: insideOver('30d'),
};
const missedOver = (window: '1h' | '6h'): Recording => ({
  name: `mongodbatlas_backup:objective_missed:ratio_${window}`,
  about: `Share of the cluster-time of the last ${window} outside the objective.`,
  expression: `1 - ${insideOver(window)}`,
});
const [missed1h, missed6h] = [missedOver('1h'), missedOver('6h')];

export const objectiveBurn = exporterAlert({
  name: 'AtlasBackupObjectiveBurn',
  firesWhen:
    'over the last 6 hours and over the last hour, the share of cluster-time outside the objective was more than `speed` times what a `target` over 30 days allows.',
  summary: 'Many clusters of {{ $labels.job }} are outside their backup objective',
  description: () =>
    `Of the cluster-time of the last 6 hours, {{ $value | humanizePercentage }} was outside the backup objective of the clusters; of the last hour ${asked(`max(last_over_time(${missed1h.name}{job=%q}[15m]))`, '$labels.job', 'humanizePercentage', 'unknown')}. At this speed the allowance of a month is used up in days. The alerts about single clusters name them.`,
  parameters: { target: ratio(0.99), speed: count(6) },
  for: '15m',
  keepFiringFor: '15m',
  severities: {
    warning: {
      expression: ({ target, speed }) => {
        const limit = `${speed} * (1 - ${target})`;
        return lines(`${missed6h.name} > ${limit}`, `and ${missed1h.name} > ${limit}`);
      },
    },
  },
});

export const objectives: Group = {
  name: 'objectives',
  title: 'Objectives over all clusters',
  recordings: [met, metCount, allCount, ratioNow, ratioOver30Days, missed1h, missed6h],
  alerts: [objectiveBurn],
};
