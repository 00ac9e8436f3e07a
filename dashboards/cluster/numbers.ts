import type { PanelBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { recoverabilityEnding } from '../../src/alerting/recoverability.ts';
import { unreadLimits } from '../../src/alerting/unread.ts';
import { stat } from '../panels.ts';
import { fact, ofOneCluster, within } from '../selection.ts';
import { stateCode, stateList, stateWords } from '../states.ts';
import { always, type Steps, steps } from '../thresholds.ts';
import { wordsFor } from '../words.ts';

export const of = (expression: string) => within(ofOneCluster, expression);

const before = recoverabilityEnding.parameters.before.default;

type Facts = {
  readonly title: string;
  readonly description: string;
  readonly expr: string;
  readonly otherwise: string;
  readonly steps?: Steps;
};

function seconds({ expr, ...facts }: Facts): PanelBuilder {
  return stat({ ...facts, expr: of(expr), width: 4, unit: 's', decimals: 1 });
}

export const numbers: readonly PanelBuilder[] = [
  stat({
    title: 'State',
    description: `As on the page of the exporter that explains it:\n\n${stateList}`,
    width: 4,
    unit: 'none',
    expr: of(stateCode),
    words: stateWords,
    steps: always('none'),
  }),
  seconds({
    title: 'Age of the newest snapshot',
    description:
      'Since the newest completed snapshot was taken. Goes on growing while Atlas cannot be read.',
    expr: `time() - ${fact('snapshot_last_completed_timestamp_seconds')}`,
    otherwise: 'none completed',
  }),
  seconds({
    title: 'Next one due in',
    description:
      'Until one more completed snapshot must be visible: objective and grace after the newest. Negative when it is late. Nothing is due while the cluster is paused, has backup off or has no objective.',
    expr: `${fact('snapshot_due_timestamp_seconds')} - time()`,
    otherwise: 'nothing is due',
    steps: steps('bad', [0, 'plain']),
  }),
  seconds({
    title: 'Objective',
    description: 'Longest time that may pass between two snapshots.',
    expr: fact('rpo_objective_seconds'),
    otherwise: 'none can be told',
  }),
  seconds({
    title: 'Recoverable for',
    description:
      'Until the last restorable snapshot is deleted, if no more is taken. The colour changes where AtlasBackupRecoverabilityEnding looks.',
    expr: `${fact('recoverable_until_timestamp_seconds')} - time()`,
    otherwise: 'nothing, or forever',
    steps: steps('bad', [before, 'plain']),
  }),
  seconds({
    title: 'Last read',
    description:
      'How long ago its snapshots were last read in full: how old the facts are. The colour changes where AtlasBackupClusterBlind looks.',
    expr: `time() - ${fact('refresh_last_success_timestamp_seconds')}`,
    otherwise: 'never',
    steps: steps('plain', [unreadLimits.after, 'unknown']),
  }),
  seconds({
    title: 'Next run announced in',
    description: 'By Atlas. Negative once it has passed; it may stay while the run goes on.',
    expr: `${fact('schedule_next_snapshot_timestamp_seconds')} - time()`,
    otherwise: 'none announced',
  }),
  seconds({
    title: 'Longest gap of the schedule',
    description: 'All policy items taken together.',
    expr: fact('schedule_expected_interval_seconds'),
    otherwise: 'no schedule',
  }),
  stat({
    title: 'Backup',
    description: 'Whether Atlas takes backups of this cluster.',
    width: 4,
    unit: 'none',
    expr: of(fact('enabled')),
    words: wordsFor({ 0: ['Off', 'warning'], 1: ['On', 'plain'] }),
  }),
  stat({
    title: 'Cluster',
    description:
      'While a cluster is paused no snapshots are taken. Flex clusters cannot be paused.',
    width: 4,
    unit: 'none',
    expr: of(fact('cluster_paused')),
    words: wordsFor({ 0: ['Runs', 'plain'], 1: ['Paused', 'resting'] }),
    otherwise: 'cannot be paused',
  }),
  seconds({
    title: 'Point-in-time window',
    description: 'Configured window of continuous backup.',
    expr: fact('pit_window_seconds'),
    otherwise: 'off',
  }),
  stat({
    title: 'Automatic export',
    description: 'Whether Atlas exports snapshots automatically.',
    width: 4,
    unit: 'none',
    expr: of(fact('auto_export_enabled')),
    words: wordsFor({ 0: ['Off', 'none'], 1: ['On', 'plain'] }),
    otherwise: 'no schedule',
  }),
];
