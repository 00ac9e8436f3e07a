import { selfLink } from '../api/links.ts';
import { rateLimit } from '../api/rate-limits.ts';
import type { Call, Route } from '../api/route.ts';
import { firstVersion } from '../api/versions.ts';
import { cloudSnapshotRoutes } from './cloud-snapshots.ts';
import { clusterRoutes } from './clusters.ts';
import { flexRoutes } from './flex.ts';
import { legacySnapshotRoutes } from './legacy-snapshots.ts';
import { projectRoutes } from './projects.ts';
import { scheduleRoutes } from './schedule.ts';

/** All that can be read of the simulated Atlas. Each other file of this folder has the routes of one thing. */
export const routes: readonly Route[] = [
  { path: '/', versions: firstVersion, limit: rateLimit('root', 300, 100), answer: root },
  projectRoutes,
  clusterRoutes,
  flexRoutes,
  scheduleRoutes,
  cloudSnapshotRoutes,
  legacySnapshotRoutes,
].flat();

/** What a caller asks to learn whether its credentials work. There is no key behind a bearer token. */
function root({ api, caller }: Call): object {
  const apiKey = {
    accessList: [],
    id: '5f00000000000000000000aa',
    publicKey: caller.name,
    roles: (caller.projects ?? []).map((groupId) => ({ groupId, roleName: 'GROUP_READ_ONLY' })),
  };
  return {
    apiKey: caller.kind === 'apiKey' ? apiKey : null,
    appName: 'MongoDB Atlas',
    build: '0000000000000000000000000000000000000000',
    links: [selfLink(api, '')],
    throttling: false,
  };
}
