import type { ClusterRow } from '../domain/cluster-view.ts';
import { coreClusterFamilies } from '../metrics/families.ts';
import type { Family } from '../metrics/family.ts';
import { collectors } from './table.ts';

/** Every family about a cluster, in the order of the page. */
export const clusterFamilies: readonly Family<ClusterRow>[] = [
  ...coreClusterFamilies,
  ...collectors.flatMap(({ families }) => families),
];
