import { type Dashboard, queryOf, type Variable } from '../../dashboards/model.ts';
import type { Asked } from './asking.ts';
import { asOf, type Series, type Span, valuesOfLabel } from './asking.ts';
import { stepSeconds } from './history.ts';

/** What a variable offers. */
export type Option = { readonly text: string; readonly value: string };
/** By name, what goes into queries in the place of a variable. */
export type Chosen = ReadonlyMap<string, string>;

/**
 * Goes through the variables in their order, as Grafana does. `choose` takes one of the options of
 * a variable that allows only one; the others stand at All.
 */
export async function chosen(
  prometheus: Asked,
  { templating }: Dashboard,
  span: Span,
  choose: (name: string, options: readonly Option[]) => Option | undefined,
): Promise<{ readonly values: Chosen; readonly offered: ReadonlyMap<string, readonly Option[]> }> {
  const values = new Map<string, string>();
  const offered = new Map<string, readonly Option[]>();
  for (const variable of templating.list) {
    if (variable.type !== 'query') continue;
    const options = await optionsOf(prometheus, variable, values, span);
    offered.set(variable.name, options);
    const one = variable.includeAll ? variable.allValue : choose(variable.name, options)?.value;
    values.set(variable.name, one ?? '');
  }
  return { values, offered };
}

async function optionsOf(
  prometheus: Asked,
  variable: Variable,
  values: Chosen,
  span: Span,
): Promise<readonly Option[]> {
  const query = filled(queryOf(variable), values, span);
  const [, asked = '', inside = ''] = /^(\w+)\((.*)\)$/.exec(query) ?? [];
  if (asked === 'label_values') {
    const [, selector = '', label = ''] = /^(.*), (\w+)$/.exec(inside) ?? [];
    const all = await valuesOfLabel(prometheus, label, selector, span);
    return all.map((value) => ({ text: value, value }));
  }
  if (asked !== 'query_result') throw new Error(`no variable can ask ${query}`);
  const [, pattern = ''] = /^\/(.*)\/$/.exec(variable.regex ?? '') ?? [];
  return (await asOf(prometheus, inside, span.to)).flatMap((series) => {
    const { text, value } = new RegExp(pattern).exec(asText(series))?.groups ?? {};
    return text === undefined || value === undefined ? [] : [{ text, value }];
  });
}

/** A result as Grafana writes it for the regular expression of a variable. */
function asText({ labels, points }: Series): string {
  const { __name__: name = '', ...rest } = labels;
  const pairs = Object.entries(rest).map(([label, value]) => `${label}="${value}"`);
  return points.map(([at, value]) => `${name}{${pairs.join(',')}} ${value} ${at * 1000}`).join();
}

/** A query as Grafana sends it. @throws Error when a variable is left that nobody knows */
export function filled(query: string, values: Chosen, { from, to, step }: Span): string {
  const known = new Map([
    ...values,
    ['__rate_interval', `${Math.max(step + stepSeconds, 4 * stepSeconds)}s`],
    ['__interval', `${step}s`],
    ['__range', `${to - from}s`],
  ]);
  return query.replaceAll(
    /\$(?:(\w+)|\{(\w+)(?::\w+)?\})/g,
    (_, bare?: string, braced?: string) => {
      const value = known.get(bare ?? braced ?? '');
      if (value === undefined) throw new Error(`nobody knows $${bare ?? braced} in ${query}`);
      return value;
    },
  );
}
