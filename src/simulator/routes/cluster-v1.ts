import { isoDate } from '../../domain/time.ts';
import type { Call } from '../api/route.ts';
import { objectId } from '../world/random.ts';
import type { Cluster } from '../world/world.ts';
import { addresses, dedicatedFields, diskFigures, isCreating } from './cluster-parts.ts';

/** The cluster as API v1.0 and version 2023-01-01 describe it: legacy and cloud backup apart. */
export function clusterV1(call: Call, it: Cluster): object {
  const { hosts, standard, srv } = addresses(it);
  const connection = {
    mongoURI: hosts,
    mongoURIUpdated: isoDate(it.readyAt),
    mongoURIWithOptions: standard,
    srvAddress: srv,
  };
  return {
    ...dedicatedFields(call, it),
    ...(isCreating(it, call.now) ? {} : connection),
    autoScaling: { compute: { enabled: false, scaleDownEnabled: false }, diskGBEnabled: false },
    backupEnabled: it.legacyBackup,
    diskSizeGB: it.diskGb,
    numShards: it.shards,
    providerBackupEnabled: it.cloudBackup,
    providerSettings: providerSettings(it),
    replicationFactor: 3,
    replicationSpec: { [it.regions[0].name]: nodes(0) },
    replicationSpecs: [
      {
        id: objectId(it.createdAt, it.seed + 100),
        numShards: it.shards,
        regionsConfig: Object.fromEntries(
          it.regions.map(({ name }, place) => [name, nodes(place)]),
        ),
        zoneName: 'Zone 1',
      },
    ],
  };
}

function nodes(place: number): object {
  return {
    analyticsNodes: 0,
    electableNodes: place === 0 ? 3 : 2,
    priority: 7 - place,
    readOnlyNodes: 0,
  };
}

function providerSettings({ kind, instanceSize, regions: [region] }: Cluster): object {
  const tenant = {
    providerName: 'TENANT',
    backingProviderName: region.provider,
    effectiveInstanceSizeName: instanceSize,
  };
  return {
    ...(kind === 'free'
      ? tenant
      : { providerName: region.provider, ...diskFigures[region.provider] }),
    autoScaling: { compute: { maxInstanceSize: null, minInstanceSize: null } },
    instanceSizeName: instanceSize,
    regionName: region.name,
  };
}
