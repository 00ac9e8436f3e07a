import type { Severity } from '../alerting/alert.ts';
import { secondsOf } from '../alerting/parameters.ts';
import { usualSetting } from '../alerting/setting.ts';
import type { ClusterRow } from '../domain/cluster-view.ts';
import type { Phrase } from '../domain/phrase.ts';
import type { UnixSeconds } from '../domain/time.ts';
import { firstSeen } from './condition-history.ts';
import type { Judgement } from './judgement.ts';
import type { StatusView } from './view.ts';

/** A shipped alert whose condition is true, with all that says when it fires. */
export type ActiveAlert = {
  readonly name: string;
  readonly severity: Severity;
  readonly says: Phrase;
  /** Since when it is true, by what was read. Undefined: nothing tells. */
  readonly since: UnixSeconds | undefined;
  /** The end of the poll that first met it. Undefined: it became true after the last poll. */
  readonly knownSince: UnixSeconds | undefined;
  /** It was there at the first poll of this process, and perhaps before. */
  readonly fromTheStart: boolean;
  /** So long Prometheus waits before it fires. */
  readonly forSeconds: number;
  /** When Prometheus fires it, if it has scraped all along. Undefined while no poll has met it. */
  readonly firesAt: UnixSeconds | undefined;
  /** Address of the runbook. */
  readonly runbook: string;
};

/** The alerts that the conditions of a cluster amount to. */
export function activeAlerts(
  row: ClusterRow,
  { conditions }: Judgement,
  { history, context }: Pick<StatusView, 'history' | 'context'>,
): readonly ActiveAlert[] {
  return conditions.map(({ condition, since }) => {
    const { alert, severity } = condition;
    const knownSince = firstSeen(history, row.cluster, condition);
    const forSeconds = secondsOf(alert.for);
    return {
      name: alert.name,
      severity,
      says: alert.says(row, context),
      since,
      knownSince,
      fromTheStart: knownSince !== undefined && knownSince === history.beganAt,
      forSeconds,
      firesAt: knownSince === undefined ? undefined : knownSince + forSeconds,
      runbook: `${usualSetting.runbooks}${alert.name}.md`,
    };
  });
}
