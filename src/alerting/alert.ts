import type { ClusterRow } from '../domain/cluster-view.ts';
import type { Phrase } from '../domain/phrase.ts';
import type { EvaluationContext, ExporterView, Since } from './evaluation.ts';
import type { Duration, Parameters, Values } from './parameters.ts';
import type { State } from './states.ts';

/** The worst first. */
export const severities = ['critical', 'warning', 'info'] as const;
export type Severity = (typeof severities)[number];

/** What Prometheus asks for one severity. Of several, no two are true of the same cluster. */
type Rule<P extends Parameters> = {
  /** `job`: the value of that label on what Prometheus scrapes from the exporter. */
  expression(parameters: Values<P, string>, job: string): string;
};

/** The same question twice: to Prometheus, and to what the exporter knows of one cluster. */
type ClusterRule<P extends Parameters> = Rule<P> & {
  holds(row: ClusterRow, context: EvaluationContext, parameters: Values<P, number>): Since;
};

type Facts<P extends Parameters> = {
  readonly name: `AtlasBackup${string}`;
  /** Ends the sentence "fires when …"; parameters stand in backquotes. */
  readonly firesWhen: string;
  /** Templates of Prometheus, as the description. */
  readonly summary: string;
  /** Which cluster, since when, against which objective, and what it means. */
  description(parameters: Values<P, string>): string;
  readonly parameters: P;
  readonly for: Duration;
  /** So long beyond its cause, as one failed scrape must not end it. By default 5 minutes. */
  readonly keepFiringFor?: Duration;
};

/** An alert about the exporter, or about what it knows no more. */
type ExporterAlert<P extends Parameters> = Facts<P> & {
  readonly severities: Readonly<Partial<Record<Severity, Rule<P>>>>;
  /** What the pages say while its condition is true of the exporter as a whole. */
  readonly notice?: (exporter: ExporterView) => Phrase | undefined;
};

/** An alert about one cluster. */
type OneClusterAlert<P extends Parameters> = Facts<P> & {
  readonly severities: Readonly<Partial<Record<Severity, ClusterRule<P>>>>;
  /** What is wrong, for somebody who sees the cluster's name above it. */
  readonly says: (row: ClusterRow, context: EvaluationContext) => Phrase;
  /** The state of a cluster of which its condition is true, and none of a more urgent one. */
  readonly decides?: State;
};

export type ClusterAlert = OneClusterAlert<Parameters>;
export type Alert = ExporterAlert<Parameters> | ClusterAlert;

/** An entry of the table; it can name no parameter that it does not have. */
export function exporterAlert<const P extends Parameters>(entry: ExporterAlert<P>) {
  return entry;
}

/** The same, of an alert about one cluster. */
export function clusterAlert<const P extends Parameters>(entry: OneClusterAlert<P>) {
  return entry;
}

export function isAboutCluster(alert: Alert): alert is ClusterAlert {
  return 'says' in alert;
}

export function keepFiringFor({ keepFiringFor = '5m' }: Alert): Duration {
  return keepFiringFor;
}

/** What is asked for each severity, the worst first. */
export function rulesOf<R>({
  severities: rules,
}: {
  readonly severities: Readonly<Partial<Record<Severity, R>>>;
}): readonly { readonly severity: Severity; readonly rule: R }[] {
  return severities.flatMap((severity) => {
    const rule = rules[severity];
    return rule === undefined ? [] : [{ severity, rule }];
  });
}

/** A series that Prometheus works out and keeps. */
export type Recording = {
  readonly name: `mongodbatlas_backup:${string}`;
  readonly about: string;
  readonly expression: string;
};

/** Rules that are evaluated together, in this order, and stand in one file. */
export type Group = {
  readonly name: string;
  readonly title: string;
  readonly recordings: readonly Recording[];
  readonly alerts: readonly Alert[];
};
