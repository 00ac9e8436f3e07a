import { expect } from 'vitest';
import type { Simulator } from '../../src/simulator/server.ts';
import { get, plainGet } from '../simulator/client.ts';

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

/** Asks Atlas for everything, one reply after the other. */
export async function readRaw(simulator: Simulator, api: Api): Promise<RawReading> {
  const send = api === 'v2' ? await withToken(simulator) : withDigest(simulator);
  const ask = async <T>(path: string): Promise<T> => {
    const { status, json } = await send(path);
    expect(status, path).toBe(200);
    return json;
  };
  const askSchedule = async (path: string): Promise<RawSchedule | undefined> => {
    const { status, json } = await send(path);
    if (status === 404) expect(json.errorCode, path).toBe('BACKUP_CONFIG_NOT_FOUND');
    else expect(status, path).toBe(200);
    return status === 404 ? undefined : json;
  };
  const list = async <T>(path: string): Promise<readonly T[]> => {
    const all: T[] = [];
    for (let page = 1; ; page += 1) {
      const mark = path.includes('?') ? '&' : '?';
      const reply = await ask<Listing<T>>(`${path}${mark}pageNum=${page}&itemsPerPage=200`);
      all.push(...reply.results);
      if (!reply.links.some(({ rel }) => rel === 'next')) return all;
    }
  };
  const backupsOf = async (cluster: RawCluster, path: string): Promise<RawBackups> => {
    const sharded = cluster.clusterType !== 'REPLICASET';
    const cloud = `${path}/backup/snapshots`;
    const old = cluster.createDate < '2020-03-23';
    return {
      cluster,
      isFlex: false,
      cloud: isFree(cluster)
        ? []
        : sharded
          ? (await ask<Listing<RawCloudSnapshot>>(`${cloud}/shardedClusters`)).results
          : await list(cloud),
      flex: [],
      legacy: old && !isFree(cluster) ? await list(`${path}/snapshots?completed=all`) : [],
      schedule: await askSchedule(`${path}/backup/schedule`),
    };
  };
  const reading: RawReading[number][] = [];
  for (const project of await list<RawProject>('/groups')) {
    const group = `/groups/${project.id}`;
    const clusters: RawBackups[] = [];
    for (const cluster of await list<RawCluster>(`${group}/clusters`)) {
      clusters.push(await backupsOf(cluster, `${group}/clusters/${cluster.name}`));
    }
    for (const cluster of api === 'v2' ? await list<RawCluster>(`${group}/flexClusters`) : []) {
      const flex = await list<RawFlexSnapshot>(
        `${group}/flexClusters/${cluster.name}/backup/snapshots`,
      );
      clusters.push({ cluster, isFlex: true, cloud: [], flex, legacy: [], schedule: undefined });
    }
    reading.push({ project, clusters });
  }
  return reading;
}

type Listing<T> = { readonly results: readonly T[]; readonly links: readonly { rel: string }[] };
// biome-ignore lint/suspicious/noExplicitAny: bodies of every shape; the types above say which
type Send = (path: string) => Promise<{ readonly status: number; readonly json: any }>;

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

async function withToken({ url }: Simulator): Promise<Send> {
  const pair = Buffer.from('mdb_sa_id_simulator:mdb_sa_sk_simulator').toString('base64');
  const response = await fetch(`${url}/api/oauth/token`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${pair}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: 'grant_type=client_credentials',
  });
  const { access_token: token } = (await response.json()) as { access_token: string };
  return async (path) =>
    plainGet(`${url}/api/atlas/v2${path}`, { authorization: `Bearer ${token}` });
}

function withDigest(simulator: Simulator): Send {
  return (path) => get(simulator, `/api/atlas/v1.0${path}`);
}
