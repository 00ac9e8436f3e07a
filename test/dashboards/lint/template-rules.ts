import { type Dashboard, queryOf, type Variable } from '../model.ts';
import { promqlFault } from './promql.ts';
import { ofDashboard, type Rule } from './rule.ts';

const named = ({ templating }: Dashboard, name: string) =>
  templating.list.find((variable) => variable.name === name);

/** A variable that selectors use: several values, and all of them by default. */
function selecting(dashboard: Dashboard, name: string, label: string): readonly string[] {
  const variable = named(dashboard, name);
  if (variable === undefined) return [`no variable ${name}`];
  const { type, datasource, multi, allValue } = variable;
  return [
    ...(type === 'query' ? [] : [`${name} is no query`]),
    ...(datasource?.uid === '${datasource}' ? [] : [`${name} asks another data source`]),
    ...(variable.label === label ? [] : [`${name} is not labelled ${label}`]),
    ...(multi ? [] : [`${name} takes one value only`]),
    ...(allValue === '.+' ? [] : [`all of ${name} is not .+`]),
  ];
}

const ways = ['label_names', 'label_values', 'metrics', 'query_result'];

function labelQueryFault(variable: Variable): readonly string[] {
  const query = queryOf(variable);
  const [, way = '', inside = ''] = /^([a-z_]+)\((.+)\)$/.exec(query) ?? [];
  if (!ways.includes(way)) return [`${variable.name}: ${query}`];
  return promqlFault(way === 'label_values' ? inside.replace(/, \w+$/, '') : inside);
}

export const templateRules: readonly Rule[] = [
  ofDashboard('template-datasource-rule', ({ templating }) => {
    const sources = templating.list.filter(({ type }) => type === 'datasource');
    const [only] = sources;
    if (sources.length !== 1 || only === undefined) return ['not one variable for data sources'];
    const { name, label, query } = only;
    const good = name === 'datasource' && label === 'Data source' && query === 'prometheus';
    return good ? [] : [`${name}, ${label}, ${query}`];
  }),
  ofDashboard('template-job-rule', (dashboard) => selecting(dashboard, 'job', 'Job')),
  ofDashboard('template-instance-rule', (dashboard) =>
    selecting(dashboard, 'instance', 'Instance'),
  ),
  ofDashboard('template-label-promql-rule', ({ templating }) =>
    templating.list.filter(({ type }) => type === 'query').flatMap(labelQueryFault),
  ),
  ofDashboard('template-on-time-change-reload-rule', ({ templating }) =>
    templating.list
      .filter(({ type, refresh }) => type === 'query' && refresh !== 2)
      .map(({ name }) => `${name} is not asked again when the time range changes`),
  ),
  ofDashboard('uneditable-dashboard', ({ editable }) => (editable ? ['it can be edited'] : [])),
];
