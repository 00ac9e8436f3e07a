import { Buffer } from 'node:buffer';
import type { Backups } from '../domain/backups.ts';
import type { Fleet, TrackedAccount, TrackedProject } from '../domain/fleet.ts';
import { lastKnown } from '../domain/observed.ts';
import type { UnixSeconds } from '../domain/time.ts';
import type { TrackedCluster } from '../domain/tracked-cluster.ts';
import { type Remembered, StateFault } from './remembered.ts';

/** Goes up whenever a file of the one before could be misread. A newer file is left alone. */
const stateVersion = 1;

const format = 'mongodbatlas-backup-exporter state';

/** Clocks differ; a file that is dated further ahead says that one of them is wrong. */
const maxAheadSeconds = 300;

/** What is remembered, one JSON record a line: the head, each thing of the fleet, the end. */
export function* linesOf({ generation, conditions, ...rest }: Remembered): Generator<string, void> {
  const { fleet, number, polls } = generation;
  const { beganAt, seen } = conditions;
  yield line({ format, version: stateVersion, ...rest, number, polls, beganAt });
  for (const [name, tracked] of fleet.accounts) yield line({ account: name, tracked });
  for (const [id, tracked] of fleet.projects) yield line({ project: id, tracked });
  for (const [key, tracked] of fleet.clusters) {
    const since = Object.fromEntries(seen.get(key) ?? []);
    yield line({ cluster: key, tracked: asJson(tracked), since });
  }
  const { accounts, projects, clusters } = fleet;
  yield line({ end: accounts.size + projects.size + clusters.size });
}

function line(record: object): string {
  return `${JSON.stringify(record)}\n`;
}

type Head = Omit<Remembered, 'generation' | 'conditions'> &
  Pick<Remembered['generation'], 'number' | 'polls'> & {
    readonly format: string;
    readonly version: number;
    readonly beganAt: UnixSeconds | undefined;
  };

type Entry =
  | { readonly account: string; readonly tracked: TrackedAccount }
  | { readonly project: string; readonly tracked: TrackedProject }
  | {
      readonly cluster: string;
      readonly tracked: TrackedCluster;
      readonly since: Readonly<Record<string, UnixSeconds>>;
    }
  | { readonly end: number };

/** What such lines hold. @throws StateFault when it is not all of it, or not for this program */
export async function rememberedIn(
  lines: AsyncIterable<string>,
  now: UnixSeconds,
): Promise<Remembered> {
  const fleet = { accounts: new Map(), projects: new Map(), clusters: new Map() };
  const seen = new Map();
  let head: Head | undefined;
  let ended = false;
  for await (const text of lines) {
    if (ended) throw new StateFault('torn');
    if (head === undefined) {
      head = headOf(text, now);
      continue;
    }
    const entry = revived(JSON.parse(text), text) as Entry;
    if ('account' in entry) fleet.accounts.set(entry.account, entry.tracked);
    else if ('project' in entry) fleet.projects.set(entry.project, entry.tracked);
    else if ('cluster' in entry) {
      fleet.clusters.set(entry.cluster, fromJson(entry.tracked));
      const since = Object.entries(entry.since);
      if (since.length > 0) seen.set(entry.cluster, new Map(since));
    } else ended = entry.end === sizeOf(fleet);
  }
  if (head === undefined || !ended) throw new StateFault('torn');
  const { number, polls, writtenAt, accounts, beganAt } = head;
  const conditions = { beganAt, seen };
  return { writtenAt, accounts, generation: { number, fleet, polls }, conditions };
}

function sizeOf({ accounts, projects, clusters }: Fleet): number {
  return accounts.size + projects.size + clusters.size;
}

function headOf(text: string, now: UnixSeconds): Head {
  const head = JSON.parse(text) as Head;
  if (head.format !== format) throw new StateFault('torn');
  if (head.version !== stateVersion) throw new StateFault('version');
  if (head.writtenAt > now + maxAheadSeconds) throw new StateFault('future');
  return head;
}

/** JSON has no bytes, and in its arrays neither `undefined`. */
function asJson(tracked: TrackedCluster): object {
  return withListing(tracked, ({ snapshots, fingerprints, ...listing }) => ({
    ...listing,
    snapshots: snapshots.map((batch) => Buffer.from(batch).toString('base64')),
    fingerprints: fingerprints.map((one) => one ?? ''),
  }));
}

function fromJson(tracked: TrackedCluster): TrackedCluster {
  return withListing(tracked, ({ snapshots, fingerprints, ...listing }) => ({
    ...listing,
    snapshots: snapshots.map((text) => new Uint8Array(Buffer.from(String(text), 'base64'))),
    fingerprints: fingerprints.map((one) => (one === '' ? undefined : one)),
  })) as TrackedCluster;
}

type Listing = NonNullable<ReturnType<typeof lastKnown<Backups>>>['listing'];

function withListing(tracked: TrackedCluster, change: (listing: Listing) => object): object {
  const { backups } = tracked;
  const known = lastKnown(backups);
  if (known === undefined) return tracked;
  const value = { ...known, listing: change(known.listing) };
  return { ...tracked, backups: { ...backups, value } };
}

/** JSON writes null for `Infinity`, what is kept forever; nothing else here is null. */
function revived(value: unknown, text: string): unknown {
  return text.includes('null') ? withInfinity(value) : value;
}

function withInfinity(value: unknown): unknown {
  if (value === null) return Number.POSITIVE_INFINITY;
  if (typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(withInfinity);
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withInfinity(one)]));
}
