import type { ValueMap } from '@grafana/grafana-foundation-sdk/dashboard';
import { last, lines, max, sameCluster } from '../src/alerting/promql.ts';
import { factsOf, type State, stateNames, type Tone } from '../src/alerting/states.ts';
import { unread as unreadFor, unreadLimits } from '../src/alerting/unread.ts';
import { decidingConditions } from '../src/collectors/conditions.ts';
import { anyOf, firstOf } from './choices.ts';
import type { Meaning } from './palette.ts';
import { wordsFor } from './words.ts';

/** No series tells a cluster that waits for its first read from one whose reads fail: it is not readable. */
type Shown = Exclude<State, 'pending'>;

export const worstFirst: readonly Shown[] = stateNames.filter((state) => state !== 'pending');

const ofTone: Readonly<Record<Tone, Meaning>> = {
  critical: 'bad',
  warning: 'warning',
  info: 'resting',
  good: 'good',
  quiet: 'none',
};

/** What is not known has colours of its own. */
function meaningOf(state: Shown): Meaning {
  const { tone, unknown } = factsOf(state);
  if (unknown) return tone === 'critical' ? 'doubt' : 'unknown';
  return ofTone[tone];
}

const enabled = max('enabled');
const due = max('snapshot_due_timestamp_seconds');
const newest = max('snapshot_last_completed_timestamp_seconds');
const exempt = `${max('exempt')} == 1`;
const free = lines(enabled, `and ${sameCluster} ${last('cluster_info', 'instance_size="M0"')}`);

/** Also while the exporter sees nothing at all, when the alert is inhibited: what is old proves nothing. */
const unread = unreadFor(unreadLimits);

const decided = worstFirst.flatMap((state) =>
  decidingConditions(state).map(({ expression }) => [state, expression] as const),
);

/** The first whose condition holds is the state of a cluster, as on the page that explains it. */
const asked: readonly (readonly [state: Shown, condition: string])[] = [
  ...decided,
  ['not_readable', unread],
  ['unsupported', free],
  ['exempt', exempt],
  ['paused', `${max('cluster_paused')} == 1`],
  ['ok', `${due} and ${newest}`],
  ['awaiting_first', due],
  ['no_objective', enabled],
];

/** The code of the state of each cluster. */
export const stateCode = firstOf(asked.map(([state, condition]) => [codeOf(state), condition]));

/** Worst is highest, so that a table can be sorted by it. */
export function codeOf(state: Shown): number {
  return worstFirst.length - 1 - worstFirst.indexOf(state);
}

/** A word of the pages with what a panel needs to count its clusters, in whatever state they are. */
export type Counted = {
  readonly word: string;
  readonly meaning: Meaning;
  readonly about: string;
  readonly condition: string;
};

function counted(state: Shown): Counted {
  const { title, means } = factsOf(state);
  const conditions = decidingConditions(state);
  const whens = conditions.map(({ alert }) => `The condition of ${alert.name}: ${alert.firesWhen}`);
  const also = 'Also while the exporter sees nothing at all, when that alert is inhibited.';
  return {
    word: title,
    meaning: meaningOf(state),
    about: [means, ...whens, ...(state === 'not_readable' ? [also] : [])].join('\n\n'),
    condition:
      state === 'not_readable' ? unread : anyOf(conditions.map(({ expression }) => expression)),
  };
}

/** Those that an alert is about, worst first. A cluster can count in several. */
export const alerted = {
  never_taken: counted('never_taken'),
  late: counted('late'),
  expiring: counted('expiring'),
  unverified: counted('unverified'),
  not_readable: counted('not_readable'),
  stuck: counted('stuck'),
  failing: counted('failing'),
  disabled: counted('disabled'),
} as const;

/** The clusters of one state, and of no worse one. */
export function inState(state: Shown): Counted {
  const { title: word, means: about } = factsOf(state);
  return {
    word,
    meaning: meaningOf(state),
    about,
    condition: `(${stateCode}) == ${codeOf(state)}`,
  };
}

/** Codes in words. */
export const stateWords: ValueMap = wordsFor(
  Object.fromEntries(
    worstFirst.map((state) => [codeOf(state), [factsOf(state).title, meaningOf(state)]]),
  ),
);

export const stateList = worstFirst
  .map(factsOf)
  .map(({ title, means }) => `- **${title}**: ${means}`)
  .join('\n');
