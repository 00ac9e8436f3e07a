import { MappingType, type ValueMap } from '@grafana/grafana-foundation-sdk/dashboard';
import { best, indented, lines, sameCluster } from '../src/alerting/promql.ts';
import { unreadFor } from '../src/alerting/reading.ts';
import { alertCalled, conditionOf, thresholdOf } from './alerts.ts';
import { type Meaning, palette } from './palette.ts';
import { perCluster } from './selection.ts';

/** What can be said of a cluster. */
export type State = {
  readonly word: string;
  readonly meaning: Meaning;
  readonly about: string;
  /** Has a sample for each cluster in this state, whatever its value. */
  readonly condition: string;
};

const due = best('snapshot_due_timestamp_seconds');
const newest = best('snapshot_last_completed_timestamp_seconds');
const inTime = `${due} >= time()`;

function ofAlert(word: string, meaning: Meaning, name: string): State {
  const { firesWhen } = alertCalled(name);
  return {
    word,
    meaning,
    about: `The condition of ${name}: ${firesWhen}`,
    condition: conditionOf(name),
  };
}

/** Those that somebody should look at, worst first. A cluster can be in several. */
export const troubles = {
  neverTaken: ofAlert('Never taken', 'bad', 'AtlasBackupNeverTaken'),
  lost: ofAlert('Nothing to restore', 'bad', 'AtlasBackupRecoverabilityLost'),
  ending: ofAlert('Expiring soon', 'bad', 'AtlasBackupRecoverabilityEnding'),
  overdue: ofAlert('Overdue', 'bad', 'AtlasBackupOverdue'),
  unverified: ofAlert('Unverified', 'doubt', 'AtlasBackupUnverified'),
  unread: {
    word: 'Not read',
    meaning: 'unknown',
    about:
      'Its snapshots were not read for as long as AtlasBackupClusterBlind asks for, or never; also while the exporter sees nothing at all, when that alert is quiet. What is shown is as old as that.',
    condition: unreadFor(
      thresholdOf('AtlasBackupClusterBlind', 'after'),
      thresholdOf('AtlasBackupClusterBlind', 'intervals'),
    ),
  },
  stuck: ofAlert('Stuck', 'warning', 'AtlasBackupStuck'),
  failed: ofAlert('Last attempt failed', 'warning', 'AtlasBackupLastAttemptFailed'),
  disabled: ofAlert('Switched off', 'warning', 'AtlasBackupDisabled'),
  paused: {
    word: 'Paused',
    meaning: 'resting',
    about: 'Atlas takes no snapshots of it, and old ones go on expiring.',
    condition: `${best('cluster_paused')} == 1`,
  },
} as const satisfies Readonly<Record<string, State>>;

/** What else alerts tell of a cluster. Without them it would look healthy while one fires. */
export const findings = {
  vanished: ofAlert('Snapshots vanished', 'bad', 'AtlasBackupVanishedEarly'),
  future: ofAlert('Date in the future', 'warning', 'AtlasBackupFromTheFuture'),
  still: ofAlert('Schedule stands still', 'warning', 'AtlasBackupNextRunInPast'),
  silent: ofAlert('Schedule is silent', 'warning', 'AtlasBackupScheduleSilent'),
  size: ofAlert('Unusual size', 'warning', 'AtlasBackupSizeAnomaly'),
} as const satisfies Readonly<Record<string, State>>;

const firstToCome: State = {
  word: 'No backup yet',
  meaning: 'resting',
  about: 'Its first snapshot is not due yet.',
  condition: lines(inTime, `unless ${newest}`),
};

export const healthy: State = {
  word: 'Healthy',
  meaning: 'good',
  about: 'Was read, has a completed snapshot, and the next one is not due yet; in no other state.',
  condition: `${inTime} and ${newest}`,
};

const needsNone: State = {
  word: 'Needs none',
  meaning: 'none',
  about: 'Exempt by the configuration, or of a size that cannot have backups.',
  condition: lines(`${best('enabled')} == 0`, `or ${best('exempt')} == 1`),
};

const notKnown: State = {
  word: 'Not known',
  meaning: 'unknown',
  about: 'In no other state: it has no due time, or is due just now.',
  condition: best('enabled'),
};

const found: readonly State[] = [...Object.values(troubles), ...Object.values(findings)];

/** The first whose condition holds is the state of a cluster. */
const asked: readonly State[] = [...found, firstToCome, healthy, needsNone, notKnown];

const worstFirst: readonly State[] = [...found, notKnown, firstToCome, healthy, needsNone];

/** Worst is highest, so that a table can be sorted by it. */
function codeOf(state: State): number {
  return worstFirst.length - 1 - worstFirst.indexOf(state);
}

/** Every cluster in one of these states. */
export function anyOf(states: readonly State[]): string {
  const parts = states.map(({ condition }) => perCluster(indented(condition)));
  return parts.join(`\nor ${sameCluster} `);
}

/** The code of the worst state of each cluster. */
export const stateCode = asked
  .map((state) => `(0 * ${perCluster(indented(state.condition))} + ${codeOf(state)})`)
  .join(`\nor ${sameCluster} `);

export const healthyCode = codeOf(healthy);

/** Codes in words. */
export const stateWords: ValueMap = {
  type: MappingType.ValueToText,
  options: Object.fromEntries(
    worstFirst.map((state, index) => [
      String(codeOf(state)),
      { text: state.word, color: palette[state.meaning], index },
    ]),
  ),
};

export const stateList = worstFirst.map(({ word, about }) => `- **${word}**: ${about}`).join('\n');
