import { z } from 'zod';
import type { Cluster, Project, Topology } from '../../domain/cluster.ts';
import { parseDate } from '../dates.ts';
import { type Decoder, decoderOf, known } from './decoding.ts';
import { anything, flag, id, listOf, partOf, text } from './fields.ts';
import { providerOf } from './shared-values.ts';

const projectRecord = z.object({ id, name: z.string(), orgId: z.string().catch('') });

export const project = decoderOf(projectRecord, (record): Project => record);

const topologies: Readonly<Record<string, Topology>> = {
  REPLICASET: 'replica_set',
  SHARDED: 'sharded',
  GEOSHARDED: 'geosharded',
};

const tags = z
  .array(z.object({ key: z.string(), value: z.string() }).nullable().catch(null))
  .catch([])
  .transform((all) => all.filter((tag) => tag !== null));
const regionConfig = z.object({
  providerName: text,
  backingProviderName: text,
  electableSpecs: partOf({ instanceSize: text }),
});

const common = {
  id,
  groupId: id,
  name: z.string(),
  createDate: anything,
  mongoDBVersion: text,
  tags,
};

const clusterRecord = z.object({
  ...common,
  clusterType: z.string(),
  paused: flag,
  // API v2: cloud backup. API v1.0: legacy backup, beside `providerBackupEnabled` for cloud backup.
  backupEnabled: flag,
  providerBackupEnabled: flag,
  pitEnabled: flag,
  replicationSpecs: listOf(z.object({ regionConfigs: listOf(regionConfig) })),
  // API v1.0 only.
  providerSettings: partOf({
    providerName: text,
    backingProviderName: text,
    instanceSizeName: text,
  }),
});

/** A cluster of `/clusters`, in the form of any version of API v2 or of v1.0. */
export const dedicatedCluster: Decoder<Cluster> = decoderOf(clusterRecord, (one, findings) => {
  const regions = one.replicationSpecs.flatMap(({ regionConfigs }) => regionConfigs);
  const settings = one.providerSettings;
  const sizes = regions.map(({ electableSpecs }) => electableSpecs?.instanceSize);
  const cloudProviders = [...regions, ...(settings ? [settings] : [])].map(
    // A tenant cluster names its cloud as the backing provider.
    ({ providerName, backingProviderName }) => ({
      cloudProvider: backingProviderName ?? providerName,
    }),
  );
  return {
    id: one.id,
    projectId: one.groupId,
    name: one.name,
    topology: known(topologies, one.clusterType, 'clusterType', findings) ?? 'other',
    instanceSize: settings?.instanceSizeName ?? sizes.find((size) => size) ?? '',
    cloudProvider: providerOf(cloudProviders, findings) ?? 'other',
    mongodbVersion: one.mongoDBVersion ?? '',
    createdAt: parseDate(one.createDate),
    paused: one.paused ?? false,
    backupEnabled: one.backupEnabled === true || one.providerBackupEnabled === true,
    pitEnabled: one.pitEnabled ?? false,
    tags: one.tags,
  };
});

const flexRecord = z.object({
  ...common,
  backupSettings: partOf({ enabled: flag }),
  providerSettings: partOf({ backingProviderName: text }),
});

export const flexCluster: Decoder<Cluster> = decoderOf(flexRecord, (one, findings) => {
  const holder = { cloudProvider: one.providerSettings?.backingProviderName };
  return {
    id: one.id,
    projectId: one.groupId,
    name: one.name,
    topology: 'flex',
    instanceSize: 'FLEX',
    cloudProvider: providerOf([holder], findings) ?? 'other',
    mongodbVersion: one.mongoDBVersion ?? '',
    createdAt: parseDate(one.createDate),
    paused: undefined,
    // Backups of flex clusters are always on (documentation); only a plain false says otherwise.
    backupEnabled: one.backupSettings?.enabled !== false,
    pitEnabled: undefined,
    tags: one.tags,
  };
});
