import type { Alert } from '../alerting/alert.ts';
import type { ClusterRow } from '../domain/cluster-view.ts';
import type { Phrase } from '../domain/phrase.ts';
import type { UnixSeconds } from '../domain/time.ts';
import { shippedAlert } from './thresholds.ts';

/** How often is looked. */
export type PollTiming = {
  readonly pollIntervalSeconds: number;
  /** How old what nothing is expected of may be besides. 0 in mode full. */
  readonly sweepIntervalSeconds: number;
};

/** What decides, besides the cluster, whether a shipped alert would fire. */
export type EvaluationContext = PollTiming & {
  readonly now: UnixSeconds;
  /** No schedule failed to be read in the last poll. */
  readonly schedulesRead: boolean;
  /** Nothing of Atlas is seen: what only says so of one cluster is quiet. */
  readonly blind: boolean;
};

/** What a shipped alert looks at, asked of what is known now, by its shipped thresholds. */
export type Mirror = {
  readonly alert: Alert;
  /**
   * Since when the alert's expression has held by what was read: a time, or `unknown` when nothing
   * tells. Undefined: it does not hold.
   */
  readonly since: (
    row: ClusterRow,
    context: EvaluationContext,
  ) => UnixSeconds | 'unknown' | undefined;
  /** What is wrong, for somebody who sees the cluster's name above it. */
  readonly says: (row: ClusterRow, context: EvaluationContext) => Phrase;
};

export function mirror(name: string, { since, says }: Omit<Mirror, 'alert'>): Mirror {
  return { alert: shippedAlert(name), since, says };
}
