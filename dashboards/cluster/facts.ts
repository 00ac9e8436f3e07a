import type { PanelBuilder } from '@grafana/grafana-foundation-sdk/table';
import { last } from '../../src/alerting/promql.ts';
import { duration, label, moment } from '../columns.ts';
import { table } from '../tables.ts';
import { of } from './numbers.ts';

const byFrequency = (name: string) => of(`max by (frequency) (${last(name)})`);

export const facts: readonly PanelBuilder[] = [
  table({
    title: 'Policy',
    description:
      'By frequency of the policy items: when the newest snapshot was taken that satisfies them and how many are kept. Gap and retention need metrics.policy_details in the configuration of the exporter.',
    width: 12,
    height: 7,
    columns: [
      label('frequency', 'Frequency'),
      moment('Newest', byFrequency('policy_last_completed_timestamp_seconds')),
      {
        title: 'Kept',
        from: { expr: byFrequency('policy_completed_snapshots') },
        unit: 'none',
        width: 80,
      },
      duration('Longest gap', byFrequency('policy_interval_seconds')),
      duration('Retention', byFrequency('policy_retention_seconds')),
    ],
  }),
  table({
    title: 'Cluster',
    description: 'What Atlas says about it.',
    width: 12,
    height: 7,
    columns: [
      label('topology', 'Topology'),
      label('instance_size', 'Size'),
      label('cloud_provider', 'Provider'),
      label('mongodb_version', 'MongoDB'),
      label('account', 'Account'),
    ],
    queries: [
      of(
        `max by (topology, instance_size, cloud_provider, mongodb_version, account) (${last('cluster_info')})`,
      ),
    ],
    without: ['Value'],
  }),
  table({
    title: 'Newest completed snapshot',
    description: 'What is known about the snapshot.',
    width: 12,
    height: 5,
    columns: [
      label('source', 'Source'),
      label('snapshot_type', 'Type'),
      label('frequency', 'Frequency'),
      label('mongodb_version', 'MongoDB'),
      label('encrypted', 'Encrypted with own key'),
    ],
    queries: [
      of(
        `max by (source, snapshot_type, frequency, mongodb_version, encrypted) (${last('snapshot_last_completed_info')})`,
      ),
    ],
    without: ['Value'],
    otherwise: 'none completed, or not read for long',
  }),
];
