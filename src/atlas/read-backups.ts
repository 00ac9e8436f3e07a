import { type Backups, backupsIn, backupsOf, reused } from '../domain/backups.ts';
import type { Cluster } from '../domain/cluster.ts';
import { unpacked } from '../domain/packed-snapshots.ts';
import type { Reading } from '../domain/report.ts';
import type { UnixSeconds } from '../domain/time.ts';
import { resultInTurns } from '../turns.ts';
import type { Pass, SurveyedAccount } from './account.ts';
import { unchanged } from './client.ts';
import type { Findings } from './decoding.ts';
import { AtlasError } from './failure.ts';
import { listBackups, listLegacy, mayHaveLegacy } from './family.ts';

export type ReadContext = {
  /** Its last good reading. */
  readonly known: Backups | undefined;
  readonly pass: Pass;
  readonly note: (findings: Findings) => void;
  readonly outdated: Set<string>;
  /** No listing of this pass shows that the cluster is there, nor may have missed it. */
  readonly mayBeGone: boolean;
  /** Look for what is not known to be there, too. */
  readonly thorough: boolean;
};

/** All snapshots of a cluster; undefined when the cluster is gone, which its project's next listing settles. */
export async function readBackups(
  account: SurveyedAccount,
  cluster: Cluster,
  context: ReadContext,
): Promise<Reading | undefined> {
  const { client } = account;
  const { known } = context;
  const otherwise = () => context.outdated.add(cluster.projectId);
  try {
    const asked = { unless: known?.fingerprint };
    const first = await listBackups(client, cluster, context.pass, otherwise, asked);
    const listings = [first];
    if (asksLegacy(account, cluster, context)) {
      listings.push(await listLegacy(client, cluster, context.pass));
    }
    for (const { findings } of listings) context.note(findings);
    const rejected = listings.flatMap(({ findings }) => findings.rejected);
    const future = rejected.flatMap(({ reason, at }) => (reason === 'future' ? (at ?? []) : []));
    const listed = listings.flatMap(({ items }) => items);
    const backups = await resultInTurns(
      backupsIn(listed, {
        rejectedFutureAt: latest(future),
        // Where there is a second listing, the first is not all.
        fingerprint: mayHaveLegacy(cluster, account.legacy) ? undefined : first.fingerprint,
      }),
    );
    return {
      backups: reused(known, backups),
      rejectedIds: rejected.flatMap(({ id }) => id ?? []),
    };
  } catch (error) {
    if (error === unchanged && known !== undefined) return { backups: known, rejectedIds: [] };
    const gone = error instanceof AtlasError && error.code === 'CLUSTER_NOT_FOUND';
    if (!gone || !context.mayBeGone) throw error;
    context.outdated.add(cluster.projectId);
    return undefined;
  }
}

/** Of a cluster that cannot have any. */
export const noBackups: Reading = { backups: backupsOf([]), rejectedIds: [] };

function latest(times: readonly UnixSeconds[]): UnixSeconds | undefined {
  return times.length === 0 ? undefined : times.reduce((a, b) => Math.max(a, b));
}

/** While a cluster has no legacy snapshots, its second listing is asked for now and then only. */
function asksLegacy(
  account: SurveyedAccount,
  cluster: Cluster,
  { known, thorough }: ReadContext,
): boolean {
  if (!mayHaveLegacy(cluster, account.legacy)) return false;
  return (
    thorough ||
    known === undefined ||
    unpacked(known.listed).some(({ source }) => source === 'legacy')
  );
}
