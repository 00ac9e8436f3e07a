import { assembled } from './assembled.ts';
import { facts } from './cluster/facts.ts';
import { overTime } from './cluster/history.ts';
import { numbers } from './cluster/numbers.ts';
import { firingAlerts, firingMarks } from './firing.ts';
import { explained, toOverview, uids } from './links.ts';
import { account, dataSource, exporterUrl, job, oneCluster, oneProject } from './variables.ts';

const matchers = 'job=~"$job", project_id="$project", cluster="$cluster"';

export const cluster = assembled({
  uid: uids.cluster,
  title: 'MongoDB Atlas backups / Cluster',
  description: 'Everything about the backups of one cluster.',
  from: 'now-7d',
  variables: [dataSource, job, account, oneProject, oneCluster, exporterUrl],
  links: [toOverview, explained],
  marks: firingMarks(matchers),
  rows: [
    { title: '$cluster now', panels: numbers },
    { title: 'Over time', panels: overTime },
    {
      title: 'Policy and facts',
      panels: [...facts, firingAlerts({ matchers, width: 12, height: 5 })],
    },
  ],
});
