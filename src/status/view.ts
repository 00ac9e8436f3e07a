import { canHaveBackups } from '../domain/cluster.ts';
import type { ClusterRow } from '../domain/cluster-view.ts';
import type { Generation } from '../domain/generation.ts';
import type { UnixSeconds } from '../domain/time.ts';
import type { ConditionHistory } from './condition-history.ts';
import type { EvaluationContext, PollTiming } from './mirror.ts';
import { shippedAlert, threshold } from './thresholds.ts';

/** Everything that pages and JSON are made of: one generation, the one of `/metrics`, at one moment. */
export type StatusView = {
  readonly generation: Generation;
  /** By project id and name of the cluster. */
  readonly rows: readonly ClusterRow[];
  readonly history: ConditionHistory;
  readonly context: EvaluationContext;
  readonly pollInProgress: boolean;
  /** What the limits of the configuration left out of the last poll, or of its page. */
  readonly leftOut: { readonly clusters: number; readonly series: number };
  /** The configuration that was read last is not the one in use. */
  readonly reloadFailed: boolean;
  readonly settings: ViewSettings;
};

/** What the configuration says about when Atlas is read, in seconds. */
export type ViewSettings = {
  readonly maxStalenessSeconds: number;
  readonly discoveryIntervalSeconds: number;
};

const exporterBlind = shippedAlert('AtlasBackupExporterBlind');

/** What the conditions of a generation's clusters are judged by. */
export function evaluationContext(
  { polls }: Generation,
  rows: readonly ClusterRow[],
  { now, ...pace }: PollTiming & { readonly now: UnixSeconds },
): EvaluationContext {
  const patience = threshold(exporterBlind, 'intervals') * pace.pollIntervalSeconds;
  const nothingFresh = !rows.some(
    ({ cluster, state }) => canHaveBackups(cluster) && state === 'fresh',
  );
  return {
    now,
    ...pace,
    schedulesRead: polls.collectors.schedule !== false,
    blind:
      now - polls.lastSuccessAt > patience &&
      (now - polls.lastCompletedAt > patience || nothingFresh),
  };
}
