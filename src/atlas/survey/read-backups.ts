import { type Backups, backupsInBatches, backupsOf, reused } from '../../domain/backups.ts';
import type { Cluster } from '../../domain/cluster.ts';
import { unpacked } from '../../domain/packed-snapshots.ts';
import type { Reading } from '../../domain/report.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import type { UnixSeconds } from '../../domain/time.ts';
import { runInBatches } from '../../runtime/event-loop.ts';
import { unchanged } from '../client.ts';
import { type Findings, newFindings } from '../decode/decoding.ts';
import type { Listing } from '../listing.ts';
import { listBackups, listLegacy, mayHaveLegacy } from '../listing-kind.ts';
import { AtlasError } from '../transport/failure.ts';
import type { SurveyedAccount, SurveyRequest } from './account.ts';

export type ReadContext = {
  /** Its last good reading. */
  readonly known: Backups | undefined;
  readonly request: SurveyRequest;
  readonly note: (findings: Findings) => void;
  readonly projectsToRelist: Set<string>;
  /** No listing of this survey shows that the cluster is there, nor may have missed it. */
  readonly mayBeGone: boolean;
  /** Look for what is not known to be there, too. */
  readonly probeLegacy: boolean;
};

/** All snapshots of a cluster; undefined when the cluster is gone, which its project's next listing settles. */
export async function readBackups(
  account: SurveyedAccount,
  cluster: Cluster,
  context: ReadContext,
): Promise<Reading | undefined> {
  const { known } = context;
  const onKindChanged = () => context.projectsToRelist.add(cluster.projectId);
  try {
    const asksBoth = asksLegacy(account, cluster, context);
    // Only of as many listings as before can it be said that they say the same.
    const [print, legacyPrint] =
      known?.fingerprints.length === (asksBoth ? 2 : 1) ? known.fingerprints : [];
    const list = () =>
      listBackups(account.client, cluster, context.request, onKindChanged, { unless: print });
    const listings = asksBoth
      ? await bothListings(account, cluster, context, list, legacyPrint)
      : [await list()];
    for (const { findings } of listings) context.note(findings);
    const rejected = listings.flatMap(({ findings }) => findings.rejected);
    const future = rejected.flatMap(({ reason, at }) => (reason === 'future' ? (at ?? []) : []));
    const listed = listings.flatMap(({ items }) => items);
    const backups = await runInBatches(
      backupsInBatches(listed, {
        rejectedFutureAt: latest(future),
        fingerprints: listings.map(({ fingerprint }) => fingerprint),
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
    context.projectsToRelist.add(cluster.projectId);
    return undefined;
  }
}

/** The first listing and the legacy one. @throws AtlasError; unchanged when both say what is known */
async function bothListings(
  { client }: SurveyedAccount,
  cluster: Cluster,
  { known, request }: ReadContext,
  list: () => Promise<Listing<Snapshot>>,
  legacyPrint: string | undefined,
): Promise<readonly Listing<Snapshot>[]> {
  const first = await unlessKnown(list);
  const legacy = await unlessKnown(() =>
    listLegacy(client, cluster, request, { unless: legacyPrint }),
  );
  if (first === undefined && legacy === undefined) throw unchanged;
  return [first ?? knownListing(known, 0), legacy ?? knownListing(known, 1)];
}

/** What was known of the first listing, or of the legacy one. */
function knownListing(known: Backups | undefined, n: 0 | 1): Listing<Snapshot> {
  const all = known === undefined ? [] : unpacked(known.listed);
  return {
    items: all.filter(({ source }) => (source === 'legacy') === (n === 1)),
    findings: newFindings(0),
    fingerprint: known?.fingerprints[n],
  };
}

/** Undefined when it says what is known already. */
async function unlessKnown(
  list: () => Promise<Listing<Snapshot>>,
): Promise<Listing<Snapshot> | undefined> {
  try {
    return await list();
  } catch (error) {
    if (error === unchanged) return undefined;
    throw error;
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
  { known, probeLegacy }: ReadContext,
): boolean {
  if (!mayHaveLegacy(cluster, account.legacy)) return false;
  return (
    probeLegacy ||
    known === undefined ||
    unpacked(known.listed).some(({ source }) => source === 'legacy')
  );
}
