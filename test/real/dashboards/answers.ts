import type { Panel, Target } from '../../dashboards/model.ts';
import type { Asked } from './asking.ts';
import { asOf, over, type Series, type Span } from './asking.ts';
import { type Chosen, filled } from './choosing.ts';

/** What Prometheus says to one query of a panel. */
export type Answer = { readonly target: Target; readonly series: readonly Series[] };

/** @throws Error when Prometheus refuses a query */
export async function answersTo(
  prometheus: Asked,
  { targets = [] }: Panel,
  values: Chosen,
  span: Span,
): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  for (const target of targets) {
    const query = filled(target.expr, values, span);
    const series = target.instant
      ? await asOf(prometheus, query, span.to)
      : await over(prometheus, query, span);
    answers.push({ target, series });
  }
  return answers;
}
