import { type Cluster, clusterKey } from '../domain/cluster.ts';
import { failureReasons } from '../domain/failure.ts';
import type { Generation } from '../domain/generation.ts';
import { type FailedRead, failedReads, type Report } from '../domain/report.ts';
import type { Log } from './log.ts';
import { unreadableTag } from './objectives.ts';

/** Longer lists of known troubles would only grow; whoever floods us is told once less. */
const maxRemembered = 1_000;

/** Logs what a poll changed: a trouble when it comes and when it goes, not at every poll. */
export function pollLog(
  log: Log,
  objectiveTag: () => string,
): (generation: Generation, report: Report) => void {
  let failures = new Set<string>();
  const logged = new Set<string>();
  let polledBefore = false;
  const once = (event: string, write: () => void) => {
    if (logged.has(event) || logged.size >= maxRemembered) return;
    logged.add(event);
    write();
  };

  return ({ fleet, polls }, report) => {
    const now = Map.groupBy(failedReads(report), failureKey);
    for (const [trouble, reads] of now) {
      const [first] = reads;
      if (first !== undefined && !failures.has(trouble)) log.warn(...failureEvent(first, reads));
    }
    for (const trouble of failures) {
      if (!now.has(trouble)) log.info({ trouble }, 'reading works again');
    }
    failures = new Set(now.keys());
    for (const { field, value } of report.anomalies.unknown) {
      once(`${field} ${value}`, () =>
        log.warn({ field, value }, 'Atlas sent a value that this version does not know'),
      );
    }
    const tag = objectiveTag();
    for (const cluster of listedIn(report)) {
      const value = unreadableTag(cluster, tag);
      if (value === undefined) continue;
      const scope = clusterKey(cluster);
      once(`${scope} ${value}`, () =>
        log.warn(
          { scope, tag, value },
          'This tag is no duration from 1m on, such as 12h; the schedule decides instead',
        ),
      );
    }
    const facts = {
      complete: polls.success,
      projects: fleet.projects.size,
      clusters: fleet.clusters.size,
      seconds: polls.lastDurationSeconds,
    };
    if (polledBefore) log.debug(facts, 'polled');
    else log.info(facts, 'first poll ended');
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

/** The first of them stands for all: their number is beside it. */
function failureEvent(first: FailedRead, reads: readonly FailedRead[]): [object, string] {
  const { collector, failure, scope } = first;
  const facts = { collector, ...failure, scope, reads: reads.length };
  return [facts, failureReasons[failure.reason]];
}
