import { expect } from 'vitest';
import { fact, ofFleet, selected, within } from '../../../dashboards/selection.ts';
import { codeOf, stateCode, stateWords } from '../../../dashboards/states.ts';
import { stateNames, states } from '../../../src/alerting/states.ts';
import { decidingConditions } from '../../../src/collectors/conditions.ts';
import type { Dashboard } from '../../dashboards/model.ts';
import { answersTo } from './answers.ts';
import { type Asked, asOf, over, type Series, type Span } from './asking.ts';
import { type Chosen, filled } from './choosing.ts';

/** A dashboard of the fleet, with what its variables stand at. */
type Shown = {
  readonly prometheus: Asked;
  readonly overview: Dashboard;
  readonly values: Chosen;
  readonly span: Span;
};

const clusterOf = ({ labels }: Series) => `${labels['project_id']}/${labels['cluster']}`;
const lastOf = ({ points }: Series) => points.at(-1)?.[1];

/** The state of each cluster, in words. */
export async function statesOf({ prometheus, values, span }: Shown) {
  const query = filled(selected(stateCode), values, span);
  return (await asOf(prometheus, query, span.to)).map((series) => ({
    cluster: clusterOf(series),
    name: series.labels['cluster'] ?? '',
    word: stateWords.options[String(lastOf(series))]?.text,
  }));
}

/** Moments at which a cluster was shown as well, of those when it had not been read for long. */
export async function metAndUnread({ prometheus, values, span }: Shown, longest: number) {
  const met = filled(selected(`(${stateCode}) == ${codeOf('ok')}`), values, span);
  const read = `time() - ${fact('refresh_last_success_timestamp_seconds')} > ${longest}`;
  const unread = await over(prometheus, filled(within(ofFleet, read), values, span), span);
  const when = new Map(
    unread.map((one) => [clusterOf(one), new Set(one.points.map(([at]) => at))]),
  );
  expect(unread.length).toBeGreaterThan(20);
  return (await over(prometheus, met, span)).flatMap((one) =>
    one.points
      .filter(([at]) => when.get(clusterOf(one))?.has(at))
      .map(([at]) => [clusterOf(one), at]),
  );
}

/** The numbers of clusters in trouble, beside how many alerts Prometheus fires by the shipped rule. */
export async function numbersBesideAlerts(shown: Shown) {
  const { prometheus, overview, values, span } = shown;
  const pairs = [];
  for (const state of stateNames) {
    const word = states[state].title;
    const names = decidingConditions(state).map(({ alert }) => alert.name);
    const panel = overview.panels.find(({ title }) => title === word);
    if (names.length === 0 || panel === undefined) continue;
    const [answer] = await answersTo(prometheus, panel, values, span);
    const fired = `ALERTS{alertname=~"${names.join('|')}", alertstate="firing"}`;
    const each = `count(count by (project_id, cluster) (${fired})) or vector(0)`;
    const firing = (await asOf(prometheus, each, span.to)).map(lastOf);
    pairs.push({ word, number: answer?.series.map(lastOf), firing });
  }
  return pairs;
}
