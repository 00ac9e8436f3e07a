import { lastReadAt } from '../domain/observed.ts';
import { type Family, familiesOf } from './family.ts';
import type { ProjectRow } from './subjects.ts';

const project = familiesOf<ProjectRow>('clusters');

/** Every family about a project. */
export const projectFamilies: readonly Family<ProjectRow>[] = [
  project.info(
    'project_info',
    'What Atlas says about the project; constant 1. Cached; absent for one that is named in the configuration and was never found.',
    { org_id: 'open', account: 'open' },
    ({ tracked }) => tracked && { org_id: tracked.project.orgId, account: tracked.account },
  ),
  project.gauge(
    'project_clusters',
    'Clusters of this project in scope at its last good listing. Cached; absent when its clusters were never listed.',
    ({ tracked }) =>
      tracked && (tracked.listing.kind === 'fresh' || tracked.listing.kind === 'stale')
        ? tracked.listing.value
        : undefined,
  ),
  project.gauge(
    'project_refresh_success',
    '1 if the last listing of the clusters of this project worked; 0 before the first, and for a project that is named in the configuration and cannot be found.',
    ({ tracked }) => tracked?.listing.kind === 'fresh',
  ),
  project.gauge(
    'project_refresh_last_success_timestamp_seconds',
    'When the clusters of this project were last listed in full. Absent when never listed.',
    ({ tracked }) => tracked && lastReadAt(tracked.listing),
  ),
];
