import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { series as family, last } from '../../src/alerting/promql.ts';
import { sizeAnomaly } from '../../src/alerting/snapshots.ts';
import { findingCode, findingWords } from '../findings.ts';
import { coloured, dashed, series, timeline } from '../panels.ts';
import { fact } from '../selection.ts';
import { stateCode, stateWords } from '../states.ts';
import { always, steps } from '../thresholds.ts';
import { wordsFor } from '../words.ts';
import { of } from './numbers.ts';

const newest = fact('snapshot_last_completed_timestamp_seconds');
const due = fact('snapshot_due_timestamp_seconds');
const until = fact('recoverable_until_timestamp_seconds');
const { small, large } = sizeAnomaly.parameters;

export const overTime: readonly Builder<Panel>[] = [
  timeline({
    title: 'State over time',
    description:
      'What held at each moment, without the time for which alerts wait: the state, and the first other alert.',
    width: 24,
    height: 4,
    unit: 'none',
    queries: [
      { expr: of(stateCode), legend: 'state' },
      { expr: of(findingCode), legend: 'other alert' },
    ],
    words: [stateWords, findingWords],
  }),
  timeline({
    title: 'Completed snapshots',
    description:
      'Each block begins when another snapshot was seen to be the newest completed one, and tells when that was taken.',
    width: 24,
    height: 4,
    unit: 'dateTimeAsSystem',
    showValue: true,
    queries: [{ expr: of(`1000 * ${newest}`), legend: 'taken' }],
    steps: always('resting'),
  }),
  timeline({
    title: 'Reading',
    description: 'Whether the last attempt to read its snapshots worked.',
    width: 24,
    height: 4,
    unit: 'none',
    queries: [{ expr: of(fact('refresh_success')), legend: 'read' }],
    words: [wordsFor({ 0: ['Failed', 'unknown'], 1: ['Worked', 'good'] })],
  }),
  series({
    title: 'Age against what is allowed',
    description:
      'Age of the newest completed snapshot; the objective; and the age at which the next one is due, which is the objective and the grace.',
    width: 12,
    unit: 's',
    queries: [
      { expr: of(`time() - ${newest}`), legend: 'age' },
      { expr: of(fact('rpo_objective_seconds')), legend: 'objective' },
      { expr: of(`${due} - ${newest}`), legend: 'due' },
    ],
    styles: {
      age: [coloured('plain')],
      objective: [coloured('warning'), dashed],
      due: [coloured('bad'), dashed],
    },
  }),
  series({
    title: 'How long restoring is possible',
    description:
      'Until the newest snapshot is deleted, and until the last one is, if no more is taken; and how far back the oldest reaches.',
    width: 12,
    unit: 's',
    fromZero: false,
    queries: [
      { expr: of(`${until} - time()`), legend: 'last one expires in' },
      {
        expr: of(`${fact('snapshot_last_completed_expiry_timestamp_seconds')} - time()`),
        legend: 'newest expires in',
      },
      {
        expr: of(`time() - ${fact('snapshot_oldest_completed_timestamp_seconds')}`),
        legend: 'oldest was taken before',
      },
    ],
    styles: {
      'last one expires in': [coloured('plain')],
      'newest expires in': [coloured('resting')],
      'oldest was taken before': [coloured('none'), dashed],
    },
  }),
  series({
    title: 'Snapshots by status',
    description: 'As listed at each moment.',
    width: 12,
    unit: 'none',
    stacked: true,
    queries: [{ expr: of(`max by (status) (${last('snapshots')})`), legend: '{{status}}' }],
    styles: {
      completed: [coloured('good')],
      failed: [coloured('bad')],
      in_progress: [coloured('resting')],
      queued: [coloured('none')],
    },
  }),
  series({
    title: 'Lost before their time',
    description:
      'Completed snapshots that left the list before their expiry, and expiries that were moved to an earlier time.',
    width: 12,
    unit: 'none',
    queries: [
      ['snapshots_vanished_total', 'vanished'],
      ['snapshot_retention_reductions_total', 'retention cut'],
    ].map(([name = '', legend = '']) => ({
      expr: of(`max(increase(${family(name)}[$__rate_interval]))`),
      legend,
    })),
    styles: { vanished: [coloured('bad')], 'retention cut': [coloured('warning')] },
  }),
  series({
    title: 'Size of the newest snapshot',
    description:
      'Storage size of the newest completed snapshot. Atlas gives none for flex clusters.',
    width: 8,
    unit: 'bytes',
    queries: [{ expr: of(fact('snapshot_last_completed_size_bytes')), legend: 'newest' }],
    styles: { newest: [coloured('plain')] },
  }),
  series({
    title: 'Size of all snapshots',
    description:
      'Sum of the storage sizes of the completed snapshots, which is not the billed size.',
    width: 8,
    unit: 'bytes',
    queries: [{ expr: of(fact('snapshots_size_bytes')), legend: 'all' }],
    styles: { all: [coloured('plain')] },
  }),
  series({
    title: 'Size against the usual',
    description:
      'Size of the newest snapshot, and of the one before, over the median of earlier ones of their frequency. The lines are those of AtlasBackupSizeAnomaly, which wants both beyond one of them.',
    width: 8,
    unit: 'percentunit',
    queries: [
      { expr: of(fact('snapshot_size_ratio')), legend: 'newest' },
      { expr: of(fact('snapshot_previous_size_ratio')), legend: 'the one before' },
    ],
    styles: { newest: [coloured('plain')], 'the one before': [coloured('resting')] },
    steps: steps('warning', [small.default, 'good'], [large.default, 'warning']),
  }),
];
