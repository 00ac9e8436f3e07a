import { assembled } from './assembled.ts';
import { firingAlerts, firingMarks } from './firing.ts';
import { toExporter, uids } from './links.ts';
import { clusterTable } from './overview/clusters.ts';
import { exporterHealth } from './overview/exporter.ts';
import { numbers } from './overview/numbers.ts';
import { trends } from './overview/trends.ts';
import {
  account,
  clusters,
  dataSource,
  exporterUrl,
  instance,
  job,
  projects,
} from './variables.ts';

// What is about the exporter itself names no project.
const matchers = 'job=~"$job", project_id=~"$project|"';

export const overview = assembled({
  uid: uids.overview,
  title: 'MongoDB Atlas backups / Overview',
  description: 'Are the backups of all clusters there, and can that be trusted?',
  from: 'now-24h',
  variables: [dataSource, job, account, projects, clusters, instance, exporterUrl],
  links: [toExporter],
  marks: firingMarks(matchers),
  rows: [
    { title: 'Now', panels: numbers },
    { title: 'Clusters', panels: [clusterTable] },
    {
      title: 'Trends and alerts',
      panels: [...trends, firingAlerts({ matchers, width: 24, height: 8 })],
    },
    { title: 'Exporter', panels: exporterHealth },
  ],
});
