import type { Route } from '../api/route.ts';
import { cloudSnapshotRoutes } from './cloud-snapshots.ts';
import { clusterRoutes } from './clusters.ts';
import { flexRoutes } from './flex.ts';
import { legacySnapshotRoutes } from './legacy-snapshots.ts';
import { projectRoutes } from './projects.ts';
import { rootRoutes } from './root.ts';
import { scheduleRoutes } from './schedule.ts';

/** All that can be read of the simulated Atlas. A file of this folder has the routes of one thing. */
export const routes: readonly Route[] = [
  rootRoutes,
  projectRoutes,
  clusterRoutes,
  flexRoutes,
  scheduleRoutes,
  cloudSnapshotRoutes,
  legacySnapshotRoutes,
].flat();
