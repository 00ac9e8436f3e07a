import type { ExporterView } from '../alerting/evaluation.ts';
import type { UnixSeconds } from '../domain/time.ts';
import type { ConditionHistory } from './condition-history.ts';

/** Everything that pages and JSON are made of: one generation, the one of `/metrics`, at one moment. */
export type StatusView = ExporterView & {
  readonly history: ConditionHistory;
  readonly pollInProgress: boolean;
  /** When the state file was written that all of this is from: no poll has ended since the start. */
  readonly stateFileAt: UnixSeconds | undefined;
  readonly settings: ViewSettings;
};

/** What the configuration says about when Atlas is read, in seconds. */
export type ViewSettings = {
  readonly maxStalenessSeconds: number;
  readonly discoveryIntervalSeconds: number;
};
