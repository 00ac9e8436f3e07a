import type { Target } from '../model.ts';
import { promqlFault, readings, selectorsOf } from './promql.ts';
import { ofTarget, type Rule } from './rule.ts';

const rates = ['rate', 'irate'];

function without(label: string): (target: Target) => readonly string[] {
  return ({ expr }) =>
    selectorsOf(expr)
      .filter(
        ({ matchers }) =>
          !matchers.some(
            (matcher) =>
              matcher.label === label && matcher.operator === '=~' && matcher.value === `$${label}`,
          ),
      )
      .map(({ name }) => `${name} without ${label}=~"$${label}"`);
}

/** The two rules about Loki have nothing to look at; a query for it would want them written. */
const isLoki = ({ datasource }: Target) => (datasource.type === 'loki' ? ['asks Loki'] : []);

export const targetRules: readonly Rule[] = [
  ofTarget('target-logql-rule', isLoki),
  ofTarget('target-logql-auto-rule', isLoki),
  ofTarget('target-promql-rule', ({ expr }) => promqlFault(expr)),
  ofTarget('target-rate-interval-rule', ({ expr }) =>
    readings(expr)
      .filter(({ by = '', range }) => rates.includes(by) && range !== 'rate interval')
      .map(({ metric }) => `${metric} in another range than $__rate_interval`),
  ),
  ofTarget('target-job-rule', without('job')),
  ofTarget('target-instance-rule', without('instance')),
  ofTarget('target-counter-agg-rule', ({ expr }) =>
    readings(expr)
      .filter(
        ({ metric, by = '' }) => metric.endsWith('_total') && ![...rates, 'increase'].includes(by),
      )
      .map(({ metric }) => `${metric} as it stands`),
  ),
];
