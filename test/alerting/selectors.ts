import { parser } from '@prometheus-io/lezer-promql';
import { vocabulary } from '../../dashboards/vocabulary.ts';
import { groups } from '../../src/collectors/alerts.ts';

type Matcher = { readonly label: string; readonly operator: string; readonly value: string };

/** What an expression reads. */
export type Selector = { readonly name: string; readonly matchers: readonly Matcher[] };

type Parsed = {
  readonly selectors: readonly Selector[];
  /** Of `without`, `ignoring`, `on` and the like. */
  readonly labels: readonly string[];
};

/** Takes an expression apart by the grammar of Prometheus's own interface. Throws when it is wrong. */
export function parsed(expression: string): Parsed {
  const selectors: { name: string; matchers: Matcher[] }[] = [];
  const labels: string[] = [];
  parser.parse(expression).iterate({
    enter: (node) => {
      const text = expression.slice(node.from, node.to);
      switch (node.name) {
        case '⚠':
          throw new Error(`not PromQL near ${expression.slice(node.from)}\n${expression}`);
        case 'VectorSelector':
          selectors.push({ name: /^[\w:]+/.exec(text)?.[0] ?? '', matchers: [] });
          return;
        case 'UnquotedLabelMatcher': {
          const [, label = '', operator = '', value = ''] = /^(\w+)(\W+?)"(.*)"$/.exec(text) ?? [];
          selectors.at(-1)?.matchers.push({ label, operator, value });
          return;
        }
        case 'GroupingLabels':
          labels.push(
            ...text
              .slice(1, -1)
              .split(',')
              .flatMap((label) => label.trim() || []),
          );
      }
    },
  });
  return { selectors, labels };
}

/** What Prometheus and its discovery put on every series. */
export const targetLabels = ['job', 'instance', 'pod'];
const recorded = new Set<string>(
  groups.flatMap(({ recordings }) => recordings.map(({ name }) => name)),
);

/** What is wrong with a selector, if anything is. */
export function fault({ name, matchers }: Selector): string | undefined {
  if (name === 'up' || recorded.has(name)) {
    return matchers.some(({ label }) => label !== 'job') ? `labels of ${name}` : undefined;
  }
  const labels = vocabulary.get(name);
  if (labels === undefined) return `no metric ${name}`;
  for (const { label, operator, value } of matchers) {
    if (targetLabels.includes(label)) continue;
    const values = labels[label];
    if (values === undefined) return `${name} has no label ${label}`;
    if (values === 'open') continue;
    const named = operator.includes('~') ? value.split('|') : [value];
    const unknown = named.filter((one) => !values.includes(one));
    if (unknown.length > 0) return `${name} has no ${label} ${unknown}`;
  }
  return undefined;
}
