import type { Collector } from '../collectors/collector.ts';
import { collectors } from '../collectors/table.ts';
import { canHaveBackups } from '../domain/cluster.ts';
import type { ClusterRow } from '../domain/cluster-view.ts';
import { type CollectorName, collectorFacts, whyNot } from '../domain/collectors.ts';
import { type Failure, failureReasons } from '../domain/failure.ts';
import { failureOf, lastReadAt, type Observed, pending } from '../domain/observed.ts';
import { type Phrase, say } from '../domain/phrase.ts';
import type { UnixSeconds } from '../domain/time.ts';
import type { StatusView } from './view.ts';

/** One of the things that are read of Atlas for a cluster, and how that went. */
export type InputRead = {
  readonly input: CollectorName;
  readonly title: string;
  readonly kind: Observed<unknown>['kind'] | 'not_read';
  /** The last good read. Undefined: there was none. */
  readonly readAt: UnixSeconds | undefined;
  /** How the last attempt failed, and what to do about it. Undefined: it did not. */
  readonly failed: (Failure & { readonly remedy: string }) | undefined;
  /** The first poll from then on reads it again. Undefined: none does. */
  readonly nextAt: UnixSeconds | undefined;
  /** Why it is not read. */
  readonly note: Phrase | undefined;
};

/** The data sources of the page of a cluster. */
export function inputReads(row: ClusterRow, view: StatusView): readonly InputRead[] {
  const { cluster, backups } = row;
  const listing = view.generation.fleet.projects.get(cluster.projectId)?.listing ?? pending;
  const nextPoll = nextPollAt(view);
  const again = (observed: Observed<unknown>, from: (readAt: UnixSeconds) => UnixSeconds) =>
    observed.kind === 'fresh' ? Math.max(nextPoll, from(observed.at)) : nextPoll;
  const relistedAt = (readAt: UnixSeconds) => readAt + view.settings.discoveryIntervalSeconds;
  return [
    inputRead('clusters', listing, again(listing, relistedAt)),
    canHaveBackups(cluster)
      ? inputRead('snapshots', backups, nextPoll)
      : unread('snapshots', say`A free cluster has none.`),
    ...collectors.map((collector) => {
      const { name, nextAt } = collector;
      const why = whyUnread(collector, row, view);
      if (why !== undefined) return unread(name, why);
      const observed = row.collected[name]?.observed ?? pending;
      return inputRead(
        name,
        observed,
        again(observed, (readAt) => nextAt(row, readAt)),
      );
    }),
  ];
}

/** The earliest time of the next poll, which is in the past when nobody has asked since. */
function nextPollAt({ generation: { polls }, context }: StatusView): UnixSeconds {
  const began = polls.lastCompletedAt - (polls.lastDurationSeconds ?? 0);
  return polls.lastCompletedAt === 0 ? context.now : began + context.pollIntervalSeconds;
}

function inputRead(
  input: CollectorName,
  observed: Observed<unknown>,
  nextAt: UnixSeconds,
): InputRead {
  const failure = failureOf(observed);
  return {
    input,
    title: collectorFacts[input].about,
    kind: observed.kind,
    readAt: lastReadAt(observed),
    failed: failure && { ...failure, remedy: failureReasons[failure.reason] },
    nextAt,
    note: undefined,
  };
}

function unread(input: CollectorName, note: Phrase): InputRead {
  const never = { readAt: undefined, failed: undefined, nextAt: undefined } as const;
  return { input, title: collectorFacts[input].about, kind: 'not_read', ...never, note };
}

function whyUnread(
  { name }: Collector,
  { cluster }: ClusterRow,
  { generation }: StatusView,
): Phrase | undefined {
  if (!canHaveBackups(cluster)) return whyNot(name, cluster);
  return generation.polls.collectors[name] === undefined
    ? say`The configuration has switched this collector off (collectors.${name}).`
    : whyNot(name, cluster);
}
