import { canHaveBackups } from '../domain/cluster.ts';
import type { ClusterRow } from '../domain/cluster-view.ts';
import { type Failure, failureReasons } from '../domain/failure.ts';
import { failureOf, lastReadAt, type Observed, pending } from '../domain/observed.ts';
import { type Phrase, say } from '../domain/phrase.ts';
import { hasSchedule } from '../domain/schedule.ts';
import { readAgainAt } from '../domain/schedule-reads.ts';
import type { UnixSeconds } from '../domain/time.ts';
import type { StatusView } from './view.ts';

/** One of the things that are read of Atlas for a cluster, and how that went. */
export type InputRead = {
  readonly input: 'clusters' | 'snapshots' | 'schedule';
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
  const { cluster, backups, plan } = row;
  const listing = view.generation.fleet.projects.get(cluster.projectId)?.listing ?? pending;
  const nextPoll = nextPollAt(view);
  const again = (observed: Observed<unknown>, from: (readAt: UnixSeconds) => UnixSeconds) =>
    observed.kind === 'fresh' ? Math.max(nextPoll, from(observed.at)) : nextPoll;
  const listed = inputRead(
    ['clusters', 'Clusters of the project'],
    listing,
    again(listing, (readAt) => readAt + view.settings.discoveryIntervalSeconds),
  );
  const snapshots = canHaveBackups(cluster)
    ? inputRead(['snapshots', 'Snapshots'], backups, nextPoll)
    : unread(['snapshots', 'Snapshots'], say`A free cluster has none.`);
  const why = noScheduleRead(row, view);
  const schedule =
    why === undefined
      ? inputRead(
          ['schedule', 'Schedule'],
          plan,
          again(plan, (readAt) => readAgainAt(cluster, row.knownPlan, readAt)),
        )
      : unread(['schedule', 'Schedule'], why);
  return [listed, snapshots, schedule];
}

/** The earliest time of the next poll, which is in the past when nobody has asked since. */
function nextPollAt({ generation: { polls }, context }: StatusView): UnixSeconds {
  const began = polls.lastCompletedAt - (polls.lastDurationSeconds ?? 0);
  return polls.lastCompletedAt === 0 ? context.now : began + context.pollIntervalSeconds;
}

type Named = readonly [input: InputRead['input'], title: string];

function inputRead(
  [input, title]: Named,
  observed: Observed<unknown>,
  nextAt: UnixSeconds,
): InputRead {
  const failure = failureOf(observed);
  return {
    input,
    title,
    kind: observed.kind,
    readAt: lastReadAt(observed),
    failed: failure && { ...failure, remedy: failureReasons[failure.reason] },
    nextAt,
    note: undefined,
  };
}

function unread([input, title]: Named, note: Phrase): InputRead {
  const never = { readAt: undefined, failed: undefined, nextAt: undefined } as const;
  return { input, title, kind: 'not_read', ...never, note };
}

function noScheduleRead({ cluster }: ClusterRow, { generation }: StatusView): Phrase | undefined {
  if (!canHaveBackups(cluster)) return say`A free cluster has none.`;
  if (generation.polls.collectors.schedule === undefined) {
    return say`The configuration has switched the reading of schedules off (collectors.schedule).`;
  }
  if (cluster.topology === 'flex') return say`Atlas shows none of flex clusters.`;
  if (!hasSchedule(cluster)) return say`Backup is switched off in Atlas: there is none.`;
  return undefined;
}
