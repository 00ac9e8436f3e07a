import { type Cluster, clusterKey } from '../domain/cluster.ts';
import type { FailedRead } from '../domain/failed-reads.ts';
import { failureReasons } from '../domain/failure.ts';
import type { Generation } from '../domain/generation.ts';
import type { Report } from '../domain/report.ts';
import type { Log } from './log.ts';
import { unreadableTag } from './objectives.ts';

/** A log that remembers more would only grow. */
const maxRemembered = 1_000;

/** Logs what a poll changed: a failure when it comes and when it goes, not at every poll. */
export function pollLog(
  log: Log,
  objectiveTag: () => string,
): (generation: Generation, report: Report, failures: readonly FailedRead[]) => void {
  let before = new Map<string, readonly FailedRead[]>();
  const logged = new Set<string>();
  let polledBefore = false;
  const once = (event: string, write: () => void) => {
    if (logged.has(event) || logged.size >= maxRemembered) return;
    logged.add(event);
    write();
  };

  return ({ fleet, polls }, report, failures) => {
    const now = Map.groupBy(failures, failureKey);
    for (const [key, [first, ...others]] of now) {
      if (first !== undefined && !before.has(key)) log.warn(...failureEvent(first, others));
    }
    for (const [key, [first]] of before) {
      if (first !== undefined && !now.has(key)) {
        log.info({ collector: first.collector, reason: first.failure.reason }, 'reads recovered');
      }
    }
    before = now;
    for (const { field, value } of report.anomalies.unknown) {
      once(`${field} ${value}`, () => log.warn({ field, value }, 'unknown value from Atlas'));
    }
    const tag = objectiveTag();
    for (const cluster of listedIn(report)) {
      const value = unreadableTag(cluster, tag);
      if (value === undefined) continue;
      const scope = clusterKey(cluster);
      once(`${scope} ${value}`, () =>
        log.warn(
          { scope, tag, value },
          'the objective tag is not a duration of at least 1m, such as 12h; using the schedule instead',
        ),
      );
    }
    const facts = {
      complete: polls.success,
      projects: fleet.projects.size,
      clusters: fleet.clusters.size,
      seconds: polls.lastDurationSeconds,
    };
    if (polledBefore) log.debug(facts, 'poll completed');
    else log.info(facts, 'first poll completed');
    polledBefore = true;
  };
}

function listedIn({ clusters }: Report): readonly Cluster[] {
  return [...clusters.values()].flatMap((outcome) =>
    outcome.kind === 'read' ? outcome.value.found : [],
  );
}

function failureKey({ collector, failure }: FailedRead): string {
  return `${collector} ${failure.reason}`;
}

/** One stands for all of them, with their number. */
function failureEvent(first: FailedRead, others: readonly FailedRead[]): [object, string] {
  const { collector, failure, scope } = first;
  const facts = { collector, ...failure, scope, reads: 1 + others.length };
  return [facts, failureReasons[failure.reason]];
}
