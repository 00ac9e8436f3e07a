import { prefix } from '../metrics/family.ts';

/** How long a series may be missing, because scrapes fail, before it counts as gone. */
const patience = '15m';

/** A selector of one family, named without the prefix. */
export function series(name: string, matchers = ''): string {
  return prefix + name + (matchers === '' ? '' : `{${matchers}}`);
}

/** The last sample of each series, so that one failed scrape neither fires nor resets a rule. */
export function last(name: string, matchers?: string): string {
  return `last_over_time(${series(name, matchers)}[${patience}])`;
}

/** The higher of all replicas. `without` drops more labels than theirs. */
export function max(name: string, matchers?: string, without: readonly string[] = []): string {
  return acrossReplicas('max', last(name, matchers), without);
}

/** The lower of all replicas. */
export function min(name: string, matchers?: string, without: readonly string[] = []): string {
  return acrossReplicas('min', last(name, matchers), without);
}

export function acrossReplicas(
  aggregation: 'max' | 'min',
  expression: string,
  without: readonly string[] = [],
): string {
  return `${aggregation} without (${['instance', 'pod', ...without].join(', ')}) (${expression})`;
}

/** The samples of a long time, thinned out: each of them would be too many for a large fleet. */
export function sampled(name: string, window: string, every: string, matchers?: string): string {
  return `${series(name, matchers)}[${window}:${every}]`;
}

/** Matches a series of a cluster with the one of the exporter that wrote it. */
export const itsExporter = 'ignoring (project_id, project, cluster)';

/** Matches a cluster over a rename of its project. For set operators only. */
export const sameCluster = 'on (project_id, cluster)';

/** An expression over several lines, each at its own place in the rule file. */
export function lines(...parts: readonly string[]): string {
  return parts.join('\n');
}

export function indented(expression: string): string {
  return lines('(', expression.replaceAll(/^/gm, '  '), ')');
}
