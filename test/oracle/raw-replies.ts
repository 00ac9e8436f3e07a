import { expect } from 'vitest';
import { respond } from '../../src/simulator/api/respond.ts';
import type { World } from '../../src/simulator/world/world.ts';
import { newest } from '../simulator/client.ts';

// The fields of Atlas's replies that the naive reading looks at, as the API documents them.

export type RawProject = { readonly id: string; readonly name: string; readonly orgId: string };

type RawRegion = {
  readonly providerName: string;
  readonly backingProviderName?: string;
  readonly electableSpecs?: { readonly instanceSize: string };
};

export type RawCluster = {
  readonly id: string;
  readonly name: string;
  readonly clusterType: string;
  readonly createDate: string;
  readonly mongoDBVersion: string;
  readonly paused?: boolean;
  readonly pitEnabled?: boolean;
  readonly backupEnabled?: boolean;
  /** API v1.0. */
  readonly providerBackupEnabled?: boolean;
  readonly providerSettings?: {
    readonly providerName: string;
    readonly backingProviderName?: string;
    readonly instanceSizeName?: string;
  };
  readonly replicationSpecs?: readonly { readonly regionConfigs?: readonly RawRegion[] }[];
  /** Flex. */
  readonly backupSettings?: { readonly enabled: boolean };
};

export type RawCloudSnapshot = {
  readonly id: string;
  readonly status: string;
  readonly createdAt?: string;
  readonly expiresAt?: string;
  readonly storageSizeBytes: number;
  readonly snapshotType: string;
  readonly frequencyType: string;
  readonly cloudProvider?: string;
  readonly mongodVersion?: string;
  readonly masterKeyUUID?: string;
  readonly members?: readonly { readonly cloudProvider: string }[];
  /** The ids of the policy items it was taken for. */
  readonly policyItems: readonly string[];
};

export type RawFlexSnapshot = {
  readonly id: string;
  readonly status: string;
  readonly scheduledTime: string;
  readonly startTime?: string;
  readonly finishTime?: string;
  readonly expiration: string;
  readonly mongoDBVersion: string;
};

export type RawLegacySnapshot = {
  readonly id: string;
  readonly complete: boolean;
  readonly created: { readonly date: string };
  readonly doNotDelete: boolean;
  readonly expires?: string;
  readonly parts: readonly {
    readonly storageSizeBytes: number;
    readonly completedTime?: string;
    readonly encryptionEnabled: boolean;
    readonly mongodVersion: string;
  }[];
};

export type RawPolicyItem = {
  readonly id: string;
  readonly frequencyType: string;
  readonly frequencyInterval: number;
  readonly retentionUnit: string;
  readonly retentionValue: number;
};

export type RawSchedule = {
  readonly nextSnapshot?: string;
  readonly referenceHourOfDay: number;
  readonly referenceMinuteOfHour: number;
  readonly restoreWindowDays?: number;
  readonly autoExportEnabled: boolean;
  readonly policies: readonly { readonly policyItems: readonly RawPolicyItem[] }[];
};

/** A cluster with the replies about its snapshots and its schedule. */
export type RawBackups = {
  readonly cluster: RawCluster;
  readonly isFlex: boolean;
  readonly cloud: readonly RawCloudSnapshot[];
  readonly flex: readonly RawFlexSnapshot[];
  readonly legacy: readonly RawLegacySnapshot[];
  /** Undefined: Atlas has none of it. */
  readonly schedule: RawSchedule | undefined;
};

export type RawReading = readonly {
  readonly project: RawProject;
  readonly clusters: readonly RawBackups[];
}[];

export type Api = 'v2' | 'v1.0';

/**
 * Asks the simulated Atlas for everything, one reply after the other. Not over HTTP: half of the
 * oracle's time went there, and how the exporter gets its replies is tested elsewhere.
 */
export function readRaw(world: World, api: Api, now: number): RawReading {
  const send: Send = (target) => {
    const { pathname: path, searchParams: query } = new URL(`http://x/api/atlas/${api}${target}`);
    const { status, body } = respond({ world, ...unlimited }, { path, query, now, ...sender });
    return { status, json: JSON.parse(String(body)) };
  };
  const ask = <T>(path: string): T => {
    const { status, json } = send(path);
    expect(status, path).toBe(200);
    return json;
  };
  const askSchedule = (path: string): RawSchedule | undefined => {
    const { status, json } = send(path);
    if (status === 404) expect(json.errorCode, path).toBe('BACKUP_CONFIG_NOT_FOUND');
    else expect(status, path).toBe(200);
    return status === 404 ? undefined : json;
  };
  const list = <T>(path: string): readonly T[] => {
    const all: T[] = [];
    for (let page = 1; ; page += 1) {
      const mark = path.includes('?') ? '&' : '?';
      const reply = ask<Listing<T>>(`${path}${mark}pageNum=${page}&itemsPerPage=200`);
      all.push(...reply.results);
      if (!reply.links.some(({ rel }) => rel === 'next')) return all;
    }
  };
  const backupsOf = (cluster: RawCluster, path: string): RawBackups => {
    const sharded = cluster.clusterType !== 'REPLICASET';
    const cloud = `${path}/backup/snapshots`;
    const old = cluster.createDate < '2020-03-23';
    return {
      cluster,
      isFlex: false,
      cloud: isFree(cluster)
        ? []
        : sharded
          ? ask<Listing<RawCloudSnapshot>>(`${cloud}/shardedClusters`).results
          : list(cloud),
      flex: [],
      legacy: old && !isFree(cluster) ? list(`${path}/snapshots?completed=all`) : [],
      schedule: askSchedule(`${path}/backup/schedule`),
    };
  };
  const reading: RawReading[number][] = [];
  for (const project of list<RawProject>('/groups')) {
    const group = `/groups/${project.id}`;
    const clusters: RawBackups[] = [];
    for (const cluster of list<RawCluster>(`${group}/clusters`)) {
      clusters.push(backupsOf(cluster, `${group}/clusters/${cluster.name}`));
    }
    for (const cluster of api === 'v2' ? list<RawCluster>(`${group}/flexClusters`) : []) {
      const flex = list<RawFlexSnapshot>(`${group}/flexClusters/${cluster.name}/backup/snapshots`);
      clusters.push({ cluster, isFlex: true, cloud: [], flex, legacy: [], schedule: undefined });
    }
    reading.push({ project, clusters });
  }
  return reading;
}

type Listing<T> = { readonly results: readonly T[]; readonly links: readonly { rel: string }[] };
// biome-ignore lint/suspicious/noExplicitAny: bodies of every shape; the types above say which
type Send = (target: string) => { readonly status: number; readonly json: any };

const unlimited = { goneVersions: [], accessList: undefined, takeToken: undefined };
const sender = {
  accept: newest,
  address: '127.0.0.1',
  caller: { kind: 'serviceAccount', name: 'oracle' },
} as const;

function isFree(cluster: RawCluster): boolean {
  return sizesOf(cluster).includes('M0');
}

export function sizesOf({ replicationSpecs = [], providerSettings }: RawCluster) {
  const regions = replicationSpecs.flatMap(({ regionConfigs = [] }) => regionConfigs);
  return [
    ...(providerSettings?.instanceSizeName === undefined
      ? []
      : [providerSettings.instanceSizeName]),
    ...regions.flatMap(({ electableSpecs }) => electableSpecs?.instanceSize ?? []),
  ];
}
