import type { Backups } from '../../domain/backups.ts';
import type { Cluster } from '../../domain/cluster.ts';
import { packInBatches, unpacked } from '../../domain/packed-snapshots.ts';
import type { SnapshotListing } from '../../domain/report.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import type { UnixSeconds } from '../../domain/time.ts';
import { runInBatches } from '../../runtime/event-loop.ts';
import { unchanged } from '../client.ts';
import { type Findings, newFindings } from '../decode/decoding.ts';
import type { Listing } from '../listing.ts';
import { type ListSnapshots, listBackups, listLegacy, mayHaveLegacy } from '../listing-kind.ts';
import { AtlasError } from '../transport/failure.ts';
import type { SurveyedAccount, SurveyRequest } from './account.ts';

type ReadContext = {
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

/** What came of reading the snapshots of a cluster. */
export type SnapshotsRead =
  | {
      readonly kind: 'read';
      readonly listing: SnapshotListing;
      readonly snapshots: readonly Snapshot[];
    }
  | typeof unchanged
  /** It is there no more, which the next listing of its project settles. */
  | { readonly kind: 'gone' };

/** All snapshots of a cluster, legacy ones included. @throws AtlasError */
export async function readBackups(
  account: SurveyedAccount,
  cluster: Cluster,
  context: ReadContext,
): Promise<SnapshotsRead> {
  try {
    const listings = await changedListings(account, cluster, context);
    return listings === undefined ? unchanged : await joined(listings, context.note);
  } catch (error) {
    const gone = error instanceof AtlasError && error.code === 'CLUSTER_NOT_FOUND';
    if (!gone || !context.mayBeGone) throw error;
    context.projectsToRelist.add(cluster.projectId);
    return { kind: 'gone' };
  }
}

/** Every listing of a cluster. Undefined: all of them say what is known already. */
async function changedListings(
  account: SurveyedAccount,
  cluster: Cluster,
  context: ReadContext,
): Promise<readonly Listing<Snapshot>[] | undefined> {
  const { known, request, projectsToRelist } = context;
  const asksBoth = asksLegacy(account, cluster, context);
  const prints = known?.listing.fingerprints ?? [];
  // Only of as many listings as before can it be said that they say the same.
  const [print, legacyPrint] = prints.length === (asksBoth ? 2 : 1) ? prints : [];
  const unless =
    (fingerprint: string | undefined): ListSnapshots<Listing<Snapshot> | typeof unchanged> =>
    (endpoint, parameters) =>
      account.client.listUnless(endpoint, parameters, request, fingerprint);
  const onKindChanged = () => projectsToRelist.add(cluster.projectId);
  const read = [await listBackups(unless(print), cluster, onKindChanged)];
  if (asksBoth) read.push(await listLegacy(unless(legacyPrint), cluster));
  if (read.every(({ kind }) => kind === 'unchanged')) return undefined;
  return read.map((one, n) => (one.kind === 'read' ? one : knownListing(known, n)));
}

/** What was known of the first listing, or of the legacy one. */
function knownListing(known: Backups | undefined, n: number): Listing<Snapshot> {
  const all = known === undefined ? [] : unpacked(known.listing.snapshots);
  return {
    kind: 'read',
    items: all.filter(({ source }) => (source === 'legacy') === (n === 1)),
    findings: newFindings(0),
    fingerprint: known?.listing.fingerprints[n],
  };
}

async function joined(
  listings: readonly Listing<Snapshot>[],
  note: (findings: Findings) => void,
): Promise<SnapshotsRead> {
  for (const { findings } of listings) note(findings);
  const rejected = listings.flatMap(({ findings }) => findings.rejected);
  const future = rejected.flatMap(({ reason, at }) => (reason === 'future' ? (at ?? []) : []));
  const snapshots = listings.flatMap(({ items }) => items);
  return {
    kind: 'read',
    snapshots,
    listing: {
      snapshots: await runInBatches(packInBatches(snapshots)),
      rejectedIds: rejected.flatMap(({ id }) => id ?? []),
      rejectedFutureAt: latest(future),
      fingerprints: listings.map(({ fingerprint }) => fingerprint),
    },
  };
}

/** Of a cluster that cannot have any. */
export const noBackups: SnapshotListing = {
  snapshots: [],
  rejectedIds: [],
  rejectedFutureAt: undefined,
  fingerprints: [],
};

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
    unpacked(known.listing.snapshots).some(({ source }) => source === 'legacy')
  );
}
