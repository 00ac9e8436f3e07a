import type { ValueMap } from '@grafana/grafana-foundation-sdk/dashboard';
import { last, lines, max, sameCluster } from '../src/alerting/promql.ts';
import { unreadFor } from '../src/alerting/reading.ts';
import { alertsOf, decidingAlerts, type State, states } from '../src/status/vocabulary.ts';
import { alertCalled, conditionOf, thresholdOf } from './alerts.ts';
import { anyOf, firstOf } from './choices.ts';
import type { Meaning } from './palette.ts';
import { wordsFor } from './words.ts';

/** No series tells a cluster that waits for its first read from one whose reads fail: it is blind. */
type Shown = Exclude<State, 'pending'>;

const meanings: Readonly<Record<Shown, Meaning>> = {
  never_taken: 'bad',
  late: 'bad',
  expiring: 'bad',
  unverified: 'doubt',
  blind: 'unknown',
  stuck: 'warning',
  failing: 'warning',
  disabled: 'warning',
  paused: 'resting',
  no_objective: 'none',
  first_due: 'resting',
  exempt: 'none',
  unsupported: 'none',
  met: 'good',
};

export const worstFirst = Object.keys(meanings) as readonly Shown[];

const enabled = max('enabled');
const due = max('snapshot_due_timestamp_seconds');
const newest = max('snapshot_last_completed_timestamp_seconds');
const exempt = `${max('exempt')} == 1`;
const free = lines(enabled, `and ${sameCluster} ${last('cluster_info', 'instance_size="M0"')}`);

/** Also while the exporter sees nothing at all, when the alert is quiet: what is old proves nothing. */
const unread = unreadFor(
  thresholdOf('AtlasBackupClusterBlind', 'after'),
  thresholdOf('AtlasBackupClusterBlind', 'intervals'),
);

const decided = decidingAlerts.flatMap(([alert, state]) =>
  state === 'pending' ? [] : [[state, conditionOf(alert)] as const],
);

/** The first whose condition holds is the state of a cluster, as on the page that explains it. */
const asked: readonly (readonly [state: Shown, condition: string])[] = [
  ...decided,
  ['blind', unread],
  ['unsupported', free],
  ['exempt', exempt],
  ['paused', `${max('cluster_paused')} == 1`],
  ['met', `${due} and ${newest}`],
  ['first_due', due],
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
  const { title, means } = states[state];
  const alerts = alertsOf(state);
  const whens = alerts.map((name) => `The condition of ${name}: ${alertCalled(name).firesWhen}`);
  const also = 'Also while the exporter sees nothing at all, when that alert is quiet.';
  return {
    word: title,
    meaning: meanings[state],
    about: [means, ...whens, ...(state === 'blind' ? [also] : [])].join('\n\n'),
    condition: state === 'blind' ? unread : anyOf(alerts.map(conditionOf)),
  };
}

/** Those that an alert is about, worst first. A cluster can count in several. */
export const troubles = {
  never_taken: counted('never_taken'),
  late: counted('late'),
  expiring: counted('expiring'),
  unverified: counted('unverified'),
  blind: counted('blind'),
  stuck: counted('stuck'),
  failing: counted('failing'),
  disabled: counted('disabled'),
} as const;

/** The clusters of one state, and of no worse one. */
export function inState(state: Shown): Counted {
  const { title: word, means: about } = states[state];
  return { word, meaning: meanings[state], about, condition: `(${stateCode}) == ${codeOf(state)}` };
}

/** Codes in words. */
export const stateWords: ValueMap = wordsFor(
  Object.fromEntries(
    worstFirst.map((state) => [codeOf(state), [states[state].title, meanings[state]]]),
  ),
);

export const stateList = worstFirst
  .map((state) => `- **${states[state].title}**: ${states[state].means}`)
  .join('\n');
