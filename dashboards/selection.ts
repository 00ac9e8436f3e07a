import { parser } from '@prometheus-io/lezer-promql';
import { last, lines } from '../src/alerting/promql.ts';
import { vocabulary } from './vocabulary.ts';

/** What a dashboard looks at: matchers for the series about clusters, and about exporters. */
export type Selection = { readonly ofCluster: string; readonly ofExporter: string };

const ofJob = 'job=~"$job"';

/** Projects go by their id: names repeat across organisations. */
export const ofFleet: Selection = {
  ofCluster: `${ofJob}, project_id=~"$project", cluster=~"$cluster"`,
  ofExporter: ofJob,
};

export const ofOneCluster: Selection = {
  ofCluster: `${ofJob}, project_id="$project", cluster="$cluster"`,
  ofExporter: ofJob,
};

export const ofReplica: Selection = {
  ofCluster: `${ofJob}, instance=~"$instance"`,
  ofExporter: `${ofJob}, instance=~"$instance"`,
};

/** The expression, with the matchers of the selection in each of its selectors. */
export function within({ ofCluster, ofExporter }: Selection, expression: string): string {
  let narrowed = '';
  let done = 0;
  parser.parse(expression).iterate({
    enter: ({ name, from, to }) => {
      if (name !== 'VectorSelector') return;
      const [metric = ''] = /^[\w:]+/.exec(expression.slice(from, to)) ?? [];
      const labels = vocabulary.get(metric);
      const own = labels !== undefined && 'cluster' in labels ? ofCluster : ofExporter;
      const rest = expression.slice(from + metric.length, to).replace(/^\{(.*)\}$/s, ', $1');
      narrowed += `${expression.slice(done, from)}${metric}{${own}${rest}}`;
      done = to;
    },
  });
  return narrowed + expression.slice(done);
}

const identity = 'project_id, project, cluster';

/** One value for each cluster, however many replicas and jobs tell of it. */
export function perCluster(expression: string): string {
  return `max by (${identity}) (${expression})`;
}

/** The last samples of a family, one for each cluster. Named without the prefix. */
export function fact(name: string, matchers?: string): string {
  return perCluster(last(name, matchers));
}

/** Only the clusters that the variables of the fleet name; which account reads one stands elsewhere. */
export function selected(expression: string): string {
  const info = within(ofFleet, last('cluster_info', 'account=~"$account"'));
  return lines(`((${within(ofFleet, expression)})`, `and on (project_id, cluster) ${info})`);
}
