import fc from 'fast-check';
import type { Interception, RawResponse } from '../../src/simulator/interception.ts';
import { flex, legacy, replicaSet } from '../atlas/decode/snapshot-records.ts';
import { start } from '../simulator/client.ts';
import { groupId } from '../simulator/project.ts';
import { objectLike } from './likeness.ts';
import { clusterRecord, flexClusterRecord, projectRecord, scheduleRecord } from './samples.ts';

/** What a path lists. */
const families = {
  projects: /\/groups$/,
  clusters: /\/clusters$/,
  flexClusters: /\/flexClusters$/,
  flexSnapshots: /\/flexClusters\/[^/]*\/backup\/snapshots$/,
  snapshots: /\/clusters\/[^/]*\/backup\/snapshots(\/shardedClusters)?$/,
  legacySnapshots: /\/clusters\/[^/]*\/snapshots$/,
  schedule: /\/backup\/schedule$/,
} as const;
export type Family = keyof typeof families;

type Records = Readonly<Record<Family, fc.Arbitrary<object>>>;
/** What Atlas lists instead of what it has; what is left out it lists truly. */
export type Listings = Readonly<Partial<Record<Family, readonly object[]>>>;

const hex = (n: number) => n.toString(16).padStart(23, '0');
/** Few, so that they meet again in the next listing. */
const ids = fc.nat({ max: 5 }).map((n) => `6${hex(n)}`);
const names = fc.constantFrom('ledger', 'orders', 'cluster-1', 'cluster-2');
const taken = fc
  .integer({ min: -30 * 86_400, max: 600 })
  .map((seconds) => new Date((start + seconds) * 1000).toISOString().replace('.000Z', 'Z'));

/** Mostly with an identity of its own: else nearly all would be one record. */
function identified(
  record: fc.Arbitrary<object>,
  own: Readonly<Record<string, fc.Arbitrary<unknown>>>,
): fc.Arbitrary<object> {
  return fc
    .tuple(record, fc.record(own, { requiredKeys: [] }))
    .map(([one, identity]) => ({ ...one, ...identity }));
}

const byShape: Records = {
  projects: identified(objectLike(projectRecord), { id: ids }),
  clusters: identified(objectLike(clusterRecord), { id: ids, name: names }),
  flexClusters: identified(objectLike(flexClusterRecord), { id: ids, name: names }),
  flexSnapshots: identified(objectLike(flex), { id: ids, startTime: taken }),
  snapshots: identified(objectLike(replicaSet), { id: ids, createdAt: taken }),
  legacySnapshots: identified(objectLike(legacy), { id: ids }),
  schedule: objectLike(scheduleRecord),
};

/** Listings of such records, for some of what Atlas lists. */
export function listingsOf(records: Records = byShape): fc.Arbitrary<Listings> {
  const several = Object.fromEntries(
    Object.entries(records).map(([family, record]) => [
      family,
      fc.array(record, { maxLength: family === 'projects' ? 2 : 4 }),
    ]),
  );
  return fc.record(several, { requiredKeys: [] });
}

const canned = (body: object): RawResponse => ({
  status: 200,
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(body),
});

/** A record that says it is of the sample's project is of the one that is asked. */
function inProject(record: object, id: string): object {
  return 'groupId' in record && record.groupId === groupId ? { ...record, groupId: id } : record;
}

/** Atlas with these listings. */
export function listing(listings: Listings): Interception {
  return ({ authorised, path }) => {
    const family = Object.entries(families).find(([, pattern]) => pattern.test(path))?.[0];
    const results = authorised ? listings[family as Family] : undefined;
    if (results === undefined) return undefined;
    if (family === 'schedule') return canned(results[0] ?? {});
    const [, asked = ''] = /\/groups\/([0-9a-f]+)\//.exec(path) ?? [];
    return canned({ results: results.map((record) => inProject(record, asked)), links: [] });
  };
}
