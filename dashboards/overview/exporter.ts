import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { clockSkew } from '../../src/alerting/exporter.ts';
import { series as family, last } from '../../src/alerting/promql.ts';
import { coloured, dashed, series, timeline } from '../panels.ts';
import { ofReplica, within } from '../selection.ts';
import { table } from '../tables.ts';
import { steps } from '../thresholds.ts';
import { wordsFor } from '../words.ts';

const perReplica = (expression: string) => within(ofReplica, `max by (instance) (${expression})`);
const now = (name: string) => perReplica(last(name));
const rate = (name: string) => `rate(${family(name)}[$__rate_interval])`;
const summed = (labels: string, expression: string) =>
  within(ofReplica, `sum by (${labels}) (${expression})`);

const skew = clockSkew.parameters.beyond.default;

/** Whether the exporter itself is well, for each replica or shard of it. */
export const exporterHealth: readonly Builder<Panel>[] = [
  timeline({
    title: 'Up',
    description: 'Whether Prometheus could scrape each replica.',
    width: 8,
    unit: 'none',
    queries: [{ expr: within(ofReplica, 'max by (instance) (up)'), legend: '{{instance}}' }],
    words: [wordsFor({ 0: ['Down', 'bad'], 1: ['Up', 'good'] })],
  }),
  timeline({
    title: 'Last poll was complete',
    description:
      'Whether the last poll covered every account, project and cluster in scope. One cluster that cannot be read makes it incomplete.',
    width: 8,
    unit: 'none',
    queries: [
      {
        expr: within(ofReplica, `max by (instance) (${family('exporter_poll_success')})`),
        legend: '{{instance}}',
      },
    ],
    words: [wordsFor({ 0: ['Incomplete', 'warning'], 1: ['Complete', 'good'] })],
  }),
  timeline({
    title: 'Collectors',
    description:
      'Whether the last pass of each collector had no failure, on the replica where it went worst.',
    width: 8,
    unit: 'none',
    queries: [
      {
        expr: within(ofReplica, `min by (collector) (${family('exporter_collector_success')})`),
        legend: '{{collector}}',
      },
    ],
    words: [wordsFor({ 0: ['Failing', 'warning'], 1: ['Working', 'good'] })],
  }),
  series({
    title: 'Duration of polls',
    description: 'How long the last poll took, and how often polls are due.',
    width: 8,
    unit: 's',
    queries: [
      { expr: now('exporter_poll_duration_seconds'), legend: '{{instance}}' },
      {
        expr: within(ofReplica, `max(${last('exporter_poll_interval_seconds')})`),
        legend: 'interval',
      },
    ],
    styles: { interval: [coloured('none'), dashed] },
  }),
  series({
    title: 'Time since the last complete poll',
    description: 'Of each replica. Absent until the first one was complete.',
    width: 8,
    unit: 's',
    queries: [
      {
        expr: perReplica(`time() - (${last('exporter_poll_last_success_timestamp_seconds')} > 0)`),
        legend: '{{instance}}',
      },
    ],
  }),
  series({
    title: 'Clusters by age of their data',
    description:
      'As each replica or shard sees its own: fresh, stale after a failed read, expired after max_staleness, unread.',
    width: 8,
    unit: 'none',
    queries: [
      {
        expr: within(ofReplica, `max by (state, instance) (${last('exporter_clusters')}) > 0`),
        legend: '{{state}} ({{instance}})',
      },
    ],
  }),
  series({
    title: 'Requests to Atlas',
    description: 'Every try, by status class; error: no answer.',
    width: 8,
    unit: 'reqps',
    stacked: true,
    queries: [
      { expr: `${summed('code', rate('exporter_api_requests_total'))} > 0`, legend: '{{code}}' },
    ],
  }),
  series({
    title: 'Duration of requests, 95th percentile',
    description: 'How long one try took, by the call.',
    width: 8,
    unit: 's',
    queries: [
      {
        expr: `histogram_quantile(0.95, ${summed('le, endpoint', rate('exporter_api_request_duration_seconds').replace('[', '_bucket['))})`,
        legend: '{{endpoint}}',
      },
    ],
  }),
  series({
    title: 'Waiting and retries',
    description:
      'Seconds spent waiting because of pacing, backoff or Retry-After in each second, over all requests; and tries that followed a failed one, in each second.',
    width: 8,
    unit: 'none',
    queries: [
      {
        expr: within(ofReplica, `sum(${rate('exporter_api_throttled_seconds_total')})`),
        legend: 'waiting',
      },
      {
        expr: summed('reason', rate('exporter_api_retries_total')),
        legend: 'retries: {{reason}}',
      },
    ],
  }),
  series({
    title: 'What is left of the rate limit',
    description:
      'As Atlas last reported it, the least of all replicas. Absent without that header.',
    width: 8,
    unit: 'percentunit',
    queries: [
      {
        expr: within(
          ofReplica,
          `min by (endpoint) (${last('exporter_api_rate_limit_remaining')} / ${last('exporter_api_rate_limit_capacity')})`,
        ),
        legend: '{{endpoint}}',
      },
    ],
  }),
  series({
    title: 'Failed reads',
    description: 'After retries, by collector and reason. Empty when none failed.',
    width: 8,
    unit: 'none',
    queries: [
      {
        expr: `${summed('collector, reason', `increase(${family('exporter_errors_total')}[$__rate_interval])`)} > 0`,
        legend: '{{collector}}: {{reason}}',
      },
    ],
  }),
  series({
    title: 'Anomalies in what Atlas sent',
    description:
      'Records that could not be used, values that this version does not know, and what was left out because of a limit or because another account serves it.',
    width: 8,
    unit: 'none',
    queries: [
      ['exporter_records_rejected_total', 'rejected records'],
      ['exporter_unknown_values_total', 'unknown values'],
      ['exporter_series_dropped_total', 'left out'],
    ].map(([name = '', legend = '']) => ({
      expr: within(ofReplica, `sum(increase(${family(name)}[$__rate_interval]))`),
      legend,
    })),
  }),
  series({
    title: 'Processor',
    description: 'Processor time used in each second, of one processor.',
    width: 6,
    unit: 'percentunit',
    queries: [
      {
        expr: within(
          ofReplica,
          'max by (instance) (rate(process_cpu_seconds_total[$__rate_interval]))',
        ),
        legend: '{{instance}}',
      },
    ],
  }),
  series({
    title: 'Memory',
    description: 'Resident memory, and the heap in use.',
    width: 6,
    unit: 'bytes',
    queries: [
      {
        expr: within(ofReplica, 'max by (instance) (process_resident_memory_bytes)'),
        legend: '{{instance}} resident',
      },
      {
        expr: within(ofReplica, 'max by (instance) (nodejs_heap_size_used_bytes)'),
        legend: '{{instance}} heap',
      },
    ],
  }),
  series({
    title: 'Clock of the exporter against Atlas',
    description:
      'Ages and due times are wrong by as much. The lines are what AtlasBackupClockSkew allows.',
    width: 6,
    unit: 's',
    fromZero: false,
    queries: [{ expr: now('exporter_clock_skew_seconds'), legend: '{{instance}}' }],
    steps: steps('bad', [-skew, 'good'], [skew, 'bad']),
  }),
  table({
    title: 'Versions',
    description:
      'What runs, and whether the configuration that was read last is in use: if not, the next start would fail.',
    width: 6,
    height: 8,
    columns: [
      { title: 'Instance', from: { label: 'instance' } },
      { title: 'Version', from: { label: 'version' }, width: 80 },
      {
        title: 'Configuration',
        width: 110,
        from: {
          expr: within(
            ofReplica,
            `min by (instance) (${last('exporter_config_last_reload_successful')})`,
          ),
        },
        more: [
          {
            id: 'mappings',
            value: [wordsFor({ 0: ['Refused', 'warning'], 1: ['In use', 'good'] })],
          },
        ],
      },
    ],
    queries: [within(ofReplica, `max by (instance, version) (${last('exporter_build_info')})`)],
    without: ['Value #B'],
  }),
];
