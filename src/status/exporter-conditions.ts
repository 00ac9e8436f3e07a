import { type Alert, isAboutCluster, rulesOf, type Severity } from '../alerting/alert.ts';
import { alerts } from '../collectors/alerts.ts';
import type { Phrase } from '../domain/phrase.ts';
import type { StatusView } from './view.ts';

/** A shipped alert about the exporter as a whole whose condition is true now. */
export type ExporterCondition = {
  readonly name: Alert['name'];
  readonly severity: Severity;
  readonly says: Phrase;
};

/** What is wrong with the exporter as a whole. */
export function exporterConditions(view: StatusView): readonly ExporterCondition[] {
  return alerts.flatMap((alert) => {
    const says = isAboutCluster(alert) ? undefined : alert.notice?.(view);
    const [worst] = rulesOf(alert);
    if (says === undefined || worst === undefined) return [];
    return [{ name: alert.name, severity: worst.severity, says }];
  });
}
