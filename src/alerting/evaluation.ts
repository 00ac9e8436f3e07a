import type { ClusterRow } from '../domain/cluster-view.ts';
import type { Generation } from '../domain/generation.ts';
import type { UnixSeconds } from '../domain/time.ts';

/** How often is looked. */
export type PollTiming = {
  readonly pollIntervalSeconds: number;
  /** How old what nothing is expected of may be besides. 0 in mode full. */
  readonly sweepIntervalSeconds: number;
};

/** What decides, besides the cluster, whether the condition of an alert is true. */
export type EvaluationContext = PollTiming & {
  readonly now: UnixSeconds;
  /** Nothing of Atlas is seen: what only says so of one cluster is inhibited. */
  readonly blind: boolean;
};

/** A time; `unknown`: it is true, and nothing tells since when; undefined: it is not true. */
export type Since = UnixSeconds | 'unknown' | undefined;

/** What is known of the exporter as a whole. */
export type ExporterView = {
  readonly generation: Generation;
  /** By project id and name of the cluster. */
  readonly rows: readonly ClusterRow[];
  readonly context: EvaluationContext;
  /** What the limits of the configuration left out of the last poll, or of its page. */
  readonly leftOut: { readonly clusters: number; readonly series: number };
  /** The configuration that was read last is not the one in use. */
  readonly reloadFailed: boolean;
};

/** For what was seen at one moment, and counts for a while. */
export function within(seen: UnixSeconds | undefined, windowSeconds: number, now: UnixSeconds) {
  return seen !== undefined && now - seen < windowSeconds ? seen : undefined;
}
