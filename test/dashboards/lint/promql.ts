import { parser } from '@prometheus-io/lezer-promql';
import { parsed } from '../../alerting/selectors.ts';

/** A length that nobody writes by hand, so that it can be told from all others. */
const rateInterval = '7777s';

/** A query as PromQL, with something in the place of each duration that Grafana puts in. */
function asPromql(query: string): string {
  return query
    .replaceAll('$__rate_interval', rateInterval)
    .replaceAll(/\$__(interval|range)/g, '5m');
}

/** What is wrong with it as PromQL. */
export function promqlFault(query: string): readonly string[] {
  try {
    const { selectors } = parsed(asPromql(query));
    return selectors.length > 0 ? [] : [`no selector in ${query}`];
  } catch (error) {
    return [String(error)];
  }
}

export function selectorsOf(query: string) {
  return parsed(asPromql(query)).selectors;
}

export type Call = {
  readonly metric: string;
  /** The function that is given the range. */
  readonly by: string | undefined;
  readonly range: 'rate interval' | 'other' | undefined;
};

/** Every series that is read, with the range and the function that it is read by. */
export function readings(query: string): readonly Call[] {
  const text = asPromql(query);
  const calls: Call[] = [];
  const cursor = parser.parse(text).cursor();
  do {
    if (cursor.name !== 'VectorSelector') continue;
    const { node } = cursor;
    const metric = /^[\w:]+/.exec(text.slice(node.from, node.to))?.[0] ?? '';
    const parent = node.parent?.name === 'MatrixSelector' ? node.parent : undefined;
    if (parent === undefined) {
      calls.push({ metric, by: undefined, range: undefined });
      continue;
    }
    const range =
      text.slice(node.to, parent.to) === `[${rateInterval}]` ? 'rate interval' : 'other';
    const before = text.slice(0, parent.from);
    calls.push({ metric, by: /(\w+)\s*\(\s*$/.exec(before)?.[1], range });
  } while (cursor.next());
  return calls;
}
