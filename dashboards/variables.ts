import {
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { series } from '../src/alerting/promql.ts';
import { datasource } from './queries.ts';

const ofJob = 'job=~"$job"';
const ofAccount = `${ofJob}, account=~"$account"`;

function query(name: string, label: string, text: string): QueryVariableBuilder {
  return new QueryVariableBuilder(name)
    .label(label)
    .datasource(datasource)
    .query({ query: text, refId: name })
    .definition(text)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalCaseInsensitiveAsc);
}

function several(variable: QueryVariableBuilder): QueryVariableBuilder {
  return variable
    .multi(true)
    .includeAll(true)
    .allValue('.+')
    .current({ selected: true, text: ['All'], value: ['$__all'] });
}

export const dataSource = new DatasourceVariableBuilder('datasource')
  .label('Data source')
  .type('prometheus');

export const job = several(
  query('job', 'Job', `label_values(${series('exporter_build_info')}, job)`),
);

export const account = several(
  query('account', 'Account', `label_values(${series('cluster_info', ofJob)}, account)`),
);

/** People see the name, queries get the id: names repeat across organisations. */
function project(): QueryVariableBuilder {
  const named = `max by (project, project_id) (${series('cluster_info', ofAccount)})`;
  return query('project', 'Project', `query_result(${named})`).regex(
    '/project="(?<text>[^"]*)",project_id="(?<value>[^"]*)"/',
  );
}

function cluster(ofProject: string): QueryVariableBuilder {
  const inProject = series('cluster_info', `${ofAccount}, ${ofProject}`);
  return query('cluster', 'Cluster', `label_values(${inProject}, cluster)`);
}

export const projects = several(project());
export const clusters = several(cluster('project_id=~"$project"'));
export const oneProject = project();
export const oneCluster = cluster('project_id="$project"');

export const instance = several(
  query('instance', 'Instance', `label_values(${series('exporter_build_info', ofJob)}, instance)`),
).description('For the row about the exporter itself.');

export const exporterUrl = query(
  'exporter_url',
  'Exporter URL',
  `label_values(${series('exporter_web_info', ofJob)}, external_url)`,
).description(
  'Where links to the page that explains a cluster lead: web.external_url of the exporter. Empty when that is not set; then type the address here.',
);
