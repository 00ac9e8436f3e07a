import type { Alert } from '../alerting/alert.ts';
import { at, type Phrase, say } from '../domain/phrase.ts';
import { shippedAlert } from './thresholds.ts';
import type { StatusView } from './view.ts';

/** A shipped alert about the exporter as a whole whose cause is there now. */
export type ExporterCondition = { readonly alert: Alert; readonly says: Phrase };

const rules: readonly (readonly [alert: Alert, says: (view: StatusView) => Phrase | undefined])[] =
  [
    [
      shippedAlert('AtlasBackupExporterBlind'),
      ({ context, generation: { polls } }) => {
        if (!context.blind || polls.lastCompletedAt === 0) return undefined;
        return polls.lastSuccessAt === 0
          ? say`This exporter has seen nothing whole of Atlas since it started. What stands below may be missing or old.`
          : say`This exporter sees nothing of Atlas: it was last read in full ${at(polls.lastSuccessAt)}. What stands below is from then.`;
      },
    ],
    [
      shippedAlert('AtlasBackupCollectorFailing'),
      ({ context, generation: { polls } }) => {
        if (context.blind || polls.lastCompletedAt === 0) return undefined;
        const missed = [
          polls.collectors.clusters === false && 'new clusters may be missing',
          polls.collectors.schedule === false && 'due times may rest on old schedules',
        ].filter((one) => one !== false);
        return missed.length === 0
          ? undefined
          : say`The last poll could not read everything: ${missed.join(', and ')}.`;
      },
    ],
    [
      shippedAlert('AtlasBackupLimitReached'),
      ({ leftOut }) => {
        const limits = [
          leftOut.clusters > 0 && `${leftOut.clusters} clusters (limits.max_clusters)`,
          leftOut.series > 0 && `${leftOut.series} series (limits.max_series)`,
        ].filter((one) => one !== false);
        return limits.length === 0
          ? undefined
          : say`A limit of the configuration is reached. Left out, and not watched: ${limits.join(', and ')}.`;
      },
    ],
    [
      shippedAlert('AtlasBackupConfigReloadFailed'),
      ({ reloadFailed }) =>
        reloadFailed
          ? say`The configuration that was read last cannot be used; the one before stays in use. The log names every problem.`
          : undefined,
    ],
  ];

/** What is wrong with the exporter as a whole. */
export function exporterConditions(view: StatusView): readonly ExporterCondition[] {
  return rules.flatMap(([alert, says]) => {
    const phrase = says(view);
    return phrase === undefined ? [] : [{ alert, says: phrase }];
  });
}
