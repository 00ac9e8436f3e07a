import type { ReadReason } from '../../domain/backup-reads.ts';
import type { Backups } from '../../domain/backups.ts';
import { type Cluster, canHaveBackups, clusterKey } from '../../domain/cluster.ts';
import { lastRequestedAt } from '../../domain/freshness.ts';
import { failureOf, lastKnown, type Outcome, type Unchanged } from '../../domain/observed.ts';
import { unpacked } from '../../domain/packed-snapshots.ts';
import type { SnapshotListing } from '../../domain/report.ts';
import type { RequestedSnapshots } from '../../domain/schedule-reads.ts';
import type { UnixSeconds } from '../../domain/time.ts';
import type { RetryClass } from '../transport/message.ts';
import { type DueRead, dueReads } from './collecting.ts';
import { noBackups, readBackups, type SnapshotsRead } from './read-backups.ts';
import { type AccountReader, readAt } from './scope.ts';
import type { SurveyRun } from './survey-run.ts';

/** What was refused in the poll before as well is asked so often again, when all else has been read. */
const maxLastResorts = 2;
/** Before what collectors read, and after all other snapshots. */
const last = -Number.MAX_VALUE;

/** A cluster that is to be read in a survey, and why. */
export type ClusterRead = {
  readonly cluster: Cluster;
  readonly justListed: boolean;
  readonly reason: ReadReason;
};

/**
 * Reads clusters of one project. What was not read for longest goes first, among all projects: when a
 * poll cannot reach all, each has its turn. Of each project one waits in the queue, not all of them:
 * ten thousand reads that wait for their turn would grow old in cache, and be collected late.
 */
export async function readClusters(
  reader: AccountReader,
  wanted: readonly ClusterRead[],
  due: DueRead[],
  run: SurveyRun,
): Promise<void> {
  const reads: Promise<void>[] = [];
  const readable = wanted.filter(({ cluster }) => {
    if (canHaveBackups(cluster)) return true;
    // No call, so that no trouble with Atlas can make it fail.
    const nothing = { kind: 'read', value: noBackups, at: run.clock() } as const;
    run.backups.set(clusterKey(cluster), nothing);
    return false;
  });
  run.expect(readable.length);
  const oldestFirst = readable
    .map((one) => ({ one, at: readAt(run.fleet, one.cluster) }))
    .sort((a, b) => a.at - b.at);
  for (const { one, at } of oldestFirst) {
    // The queue counts it from now on.
    run.expect(-1);
    await new Promise<void>((begun) => {
      const turn = { priority: -at, begun };
      reads.push(readCluster(reader, one, turn, run).then((found) => void due.push(...found)));
    });
  }
  await Promise.all(reads);
}

/** Reads the snapshots of a cluster. Resolves to what else is due of it. */
async function readCluster(
  reader: AccountReader,
  { cluster, justListed, reason }: ClusterRead,
  { priority, begun }: { readonly priority: number; readonly begun: () => void },
  run: SurveyRun,
): Promise<readonly DueRead[]> {
  const key = clusterKey(cluster);
  const mayBeGone = !justListed && !run.unreliable.has(cluster.projectId);
  const tracked = run.fleet.clusters.get(key);
  const failedBefore = tracked !== undefined && failureOf(tracked.backups) !== undefined;
  const probeLegacy = run.request.discover || reason === 'sweep';
  const known = tracked && lastKnown(tracked.backups);
  const { note, projectsToRelist } = run;
  const backups = (retryClass: RetryClass, first: number) => {
    const request = retryClass === 'normal' ? run.request : { ...run.request, retryClass };
    const context = { known, request, note, projectsToRelist, mayBeGone, probeLegacy };
    const read = () => readBackups(reader.account, cluster, context);
    return run.queued(() => {
      begun();
      return reader.read(key, read);
    }, first);
  };
  let outcome = await backups(failedBefore ? 'priority' : 'normal', priority);
  for (let more = 0; failedBefore && isRefused(outcome) && more < maxLastResorts; more += 1) {
    const again = await backups('lastResort', last);
    if (again.kind === 'read') outcome = again;
  }
  if (outcome.kind === 'failed') run.backups.set(key, outcome);
  else if (outcome.value.kind === 'gone') return [];
  else run.backups.set(key, reported(outcome.value, outcome.at));
  const listed = outcome.kind === 'read' ? requestedIn(outcome.value, known) : undefined;
  return dueOfCluster(reader, cluster, listed, run);
}

/** What collectors are to read of a cluster. @param listed its snapshots, if they were just read */
export function dueOfCluster(
  { account }: AccountReader,
  cluster: Cluster,
  listed: RequestedSnapshots | undefined,
  run: SurveyRun,
): readonly DueRead[] {
  const key = clusterKey(cluster);
  const tracked = run.fleet.clusters.get(key);
  const facts = { tracked, cluster, listed, now: run.begunAt };
  // Made again under its old name, a cluster inherits nothing.
  const collected = tracked?.cluster.id === cluster.id ? tracked.collected : undefined;
  const subject = { subject: cluster, key, id: cluster.id, collected, facts };
  return dueReads(run.collectors.cluster, account, subject, run);
}

function reported(
  read: Exclude<SnapshotsRead, { kind: 'gone' }>,
  at: UnixSeconds,
): Outcome<SnapshotListing> | Unchanged {
  return read.kind === 'read'
    ? { kind: 'read', value: read.listing, at }
    : { kind: 'unchanged', at };
}

function requestedIn(
  read: SnapshotsRead,
  known: Backups | undefined,
): RequestedSnapshots | undefined {
  if (read.kind === 'read') {
    const { snapshots } = read;
    return { lastRequestedAt: lastRequestedAt(snapshots), snapshots: () => snapshots };
  }
  return (
    known && {
      lastRequestedAt: known.lastRequestedAt,
      snapshots: () => unpacked(known.listing.snapshots),
    }
  );
}

function isRefused(outcome: Outcome<unknown>): boolean {
  return outcome.kind === 'failed' && outcome.failure.reason === 'rate_limited';
}
