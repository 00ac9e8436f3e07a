import { type Backups, backupsInBatches } from '../../src/domain/backups.ts';
import type { Cluster, Project } from '../../src/domain/cluster.ts';
import type { Failure } from '../../src/domain/failure.ts';
import { advance, type Fleet, newFleet } from '../../src/domain/fleet.ts';
import type { Outcome } from '../../src/domain/observed.ts';
import { packed, unpacked } from '../../src/domain/packed-snapshots.ts';
import { planOf } from '../../src/domain/plan.ts';
import type { Report, SnapshotListing } from '../../src/domain/report.ts';
import type { Schedule } from '../../src/domain/schedule.ts';
import type { CompletedSnapshot, Snapshot } from '../../src/domain/snapshot.ts';
import type { UnixSeconds } from '../../src/domain/time.ts';
import { runToEnd } from '../../src/runtime/event-loop.ts';
import { day, noon } from './snapshots.ts';

export const timeout: Failure = { reason: 'timeout', endpoint: 'snapshots', detail: '' };

export const project = (id: string, name = `name of ${id}`): Project => ({
  id,
  name,
  orgId: 'org',
});

/** `key`: `project/name`. */
export function cluster(key: string, more: Partial<Cluster> = {}): Cluster {
  const [projectId = '', name = ''] = key.split('/');
  return {
    id: `id of ${key}`,
    projectId,
    name,
    topology: 'replica_set',
    instanceSize: 'M10',
    cloudProvider: 'AWS',
    mongodbVersion: '8.0.29',
    createdAt: noon - 100 * day,
    paused: false,
    backupEnabled: true,
    pitEnabled: false,
    tags: [],
    ...more,
  };
}

/** What a pass found; what is left out was not asked. */
export type Found = {
  readonly at?: UnixSeconds;
  /** By account: ids of projects, those that are named and missing with a `!` before them. */
  readonly projects?: Readonly<Record<string, readonly (string | Project)[] | Failure>>;
  /** By project id: clusters, or their names. */
  readonly clusters?: Readonly<Record<string, readonly (string | Cluster)[] | Failure>>;
  /** By cluster key. */
  readonly backups?: Readonly<Record<string, readonly Snapshot[] | Failure>>;
  /** By cluster key: the date of a snapshot that was left out for it. */
  readonly futureAt?: Readonly<Record<string, UnixSeconds>>;
  /** By cluster key; null: Atlas has none. */
  readonly schedules?: Readonly<Record<string, Schedule | null | Failure>>;
  /** Accounts and project ids whose listing held a record that could not be used. */
  readonly unreliable?: readonly string[];
  readonly clustersOverLimit?: number;
};

export function report({ at = noon, ...found }: Found): Report {
  const outcomes = <T, R>(
    entries: Readonly<Record<string, T | Failure>> = {},
    value: (of: T, key: string) => R,
  ): Map<string, Outcome<R>> =>
    new Map(
      Object.entries(entries).map(([key, of]) => [
        key,
        isFailure(of)
          ? { kind: 'failed', failure: of }
          : { kind: 'read', value: value(of, key), at },
      ]),
    );
  return {
    endedAt: at,
    projects: outcomes(found.projects, (listed) => ({
      found: listed
        .filter((one) => typeof one !== 'string' || !one.startsWith('!'))
        .map((one) => (typeof one === 'string' ? project(one) : one)),
      missing: listed.flatMap((one) =>
        typeof one === 'string' && one.startsWith('!') ? one.slice(1) : [],
      ),
    })),
    clusters: outcomes(found.clusters, (listed, id) => ({
      found: listed.map((one) => (typeof one === 'string' ? cluster(`${id}/${one}`) : one)),
      inScope: listed.length,
    })),
    backups: outcomes(found.backups, (snapshots, key) => ({
      ...listingOf(snapshots, found.futureAt?.[key]),
    })),
    collected: new Map([
      [
        'schedule',
        outcomes(found.schedules, (schedule) => (schedule ? planOf(schedule) : undefined)),
      ],
    ]),
    unreliable: new Set(found.unreliable),
    anomalies: {
      rejected: [],
      unknown: [],
      duplicateProjects: 0,
      clustersOverLimit: found.clustersOverLimit ?? 0,
    },
  };
}

/** A complete listing of these alone. */
export function listingOf(snapshots: readonly Snapshot[], futureAt?: UnixSeconds): SnapshotListing {
  return {
    snapshots: packed(snapshots),
    rejectedIds: [],
    rejectedFutureAt: futureAt,
    fingerprints: [],
  };
}

/** What follows from it. */
export function backupsOf(snapshots: readonly Snapshot[]): Backups {
  return runToEnd(backupsInBatches({ listing: listingOf(snapshots), snapshots }));
}

/** What is known of a cluster's snapshots, one by one. */
export function snapshotsOf(backups: Backups | undefined): readonly Snapshot[] | undefined {
  return backups && unpacked(backups.listing.snapshots).map((one) => ({ ...absent(one), ...one }));
}

/** What a packed snapshot leaves out, for those who compare it key by key. */
function absent({ status }: Snapshot): Partial<CompletedSnapshot> {
  const facts = { expiresAt: undefined, type: undefined, frequency: undefined };
  const more = { cloudProvider: undefined, mongodbVersion: undefined, encrypted: undefined };
  const ends = status === 'completed' ? { finishedAt: undefined, sizeBytes: undefined } : {};
  return { ...facts, ...more, ...ends };
}

function isFailure<T>(of: T | Failure): of is Failure {
  return typeof of === 'object' && of !== null && 'reason' in of;
}

/** The fleet after these passes; account `a` names no project unless said otherwise. */
export function fleetAfter(
  passes: readonly Found[],
  accounts: Readonly<Record<string, readonly string[]>> = { a: [] },
): Fleet {
  const before = newFleet(
    Object.entries(accounts).map(([name, namedProjects]) => ({ name, namedProjects })),
  );
  return passes.reduce((fleet, found) => advance(fleet, report(found)), before);
}
