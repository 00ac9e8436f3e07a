import type { CollectorName } from './collectors.ts';
import type { Failure } from './failure.ts';
import type { Fleet } from './fleet.ts';
import { failureOf, type Outcome, type Unchanged } from './observed.ts';
import type { Report } from './report.ts';

/** One read that failed, with the collector it belongs to. */
export type FailedRead = {
  readonly collector: CollectorName;
  readonly failure: Failure;
  /** Name of the account, id of the project, or key of the cluster. */
  readonly scope: string;
};

/**
 * Every failed read of a survey, and what `advance` would not take of it. A named project that Atlas
 * does not list is one. @param after the fleet that the report led to; without it, only what the survey met
 */
export function failedReads(report: Report, after?: Fleet): readonly FailedRead[] {
  const failed = (
    collector: CollectorName,
    outcomes: ReadonlyMap<string, Outcome<unknown> | Unchanged>,
  ) =>
    [...outcomes].flatMap(([scope, outcome]) =>
      outcome.kind === 'failed' ? [{ collector, failure: outcome.failure, scope }] : [],
    );
  const missing = [...report.projects.values()].flatMap((outcome) =>
    outcome.kind === 'read' ? outcome.value.missing : [],
  );
  return [
    ...failed('clusters', report.projects),
    ...missing.map((scope) => ({
      collector: 'clusters' as const,
      failure: projectMissing,
      scope,
    })),
    ...failed('clusters', report.clusters),
    ...failed('snapshots', report.backups),
    ...unconfirmedIn(report, after),
    ...[...report.collected].flatMap(([name, outcomes]) => failed(name, outcomes)),
  ];
}

const projectMissing: Failure = { reason: 'not_found', endpoint: 'projects', detail: 'named' };

/** Listings that contradict the one before, and wait for a second one. */
function unconfirmedIn({ backups }: Report, after: Fleet | undefined): readonly FailedRead[] {
  return [...backups].flatMap(([scope, outcome]) => {
    const tracked = after?.clusters.get(scope);
    const failure = tracked?.suspect === true ? failureOf(tracked.backups) : undefined;
    return outcome.kind === 'read' && failure !== undefined
      ? [{ collector: 'snapshots' as const, failure, scope }]
      : [];
  });
}
