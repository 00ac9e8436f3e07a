import { collectorNames } from '../domain/collectors.ts';
import { type ReadState, readStates } from '../domain/coverage.ts';
import type { Generation } from '../domain/generation.ts';
import type { Shard } from '../domain/shard.ts';
import type { UnixSeconds } from '../domain/time.ts';
import { type Family, familiesOf, prefix } from './family.ts';

/** What the exporter says about itself that is not counted event by event. */
export type ExporterRow = {
  readonly generation: Generation;
  readonly clusterStates: Readonly<Record<ReadState, number>>;
  readonly build: BuildFacts;
  readonly pollInProgress: boolean;
  readonly pollIntervalSeconds: number;
  /** 0: every poll asks every cluster. */
  readonly sweepIntervalSeconds: number;
  readonly shard: Shard;
  /** Empty: not known. */
  readonly externalUrl: string;
  readonly config: ConfigFacts;
};

export type BuildFacts = {
  readonly version: string;
  readonly revision: string;
  readonly nodeVersion: string;
};

export type ConfigFacts = {
  readonly loadedAt: UnixSeconds;
  readonly lastReloadSuccessful: boolean;
  /** Changes when the configuration does; secrets are not part of it. */
  readonly hash: number;
};

const exporter = familiesOf<ExporterRow>('exporter', `${prefix}exporter_`);

export const exporterFamilies: readonly Family<ExporterRow>[] = [
  exporter.info(
    'build_info',
    'Version of the exporter and of Node.js; constant 1.',
    { version: 'open', revision: 'open', node_version: 'open' },
    ({ build }) => ({
      version: build.version,
      revision: build.revision,
      node_version: build.nodeVersion,
    }),
  ),
  exporter.info(
    'web_info',
    'Public URL of the pages; constant 1. Absent without web.external_url.',
    { external_url: 'open' },
    ({ externalUrl }) => (externalUrl === '' ? undefined : { external_url: externalUrl }),
  ),
  exporter.gauge(
    'poll_success',
    '1 only if the last poll covered every account, project and cluster in scope.',
    ({ generation }) => generation.polls.success,
  ),
  exporter.gauge(
    'poll_last_success_timestamp_seconds',
    'End of the last poll that covered everything in scope; 0 = never.',
    ({ generation }) => generation.polls.lastSuccessAt,
  ),
  exporter.gauge(
    'poll_last_completed_timestamp_seconds',
    'End of the last poll, failures or not; 0 = never.',
    ({ generation }) => generation.polls.lastCompletedAt,
  ),
  exporter.gauge(
    'poll_duration_seconds',
    'Duration of the last poll. Absent before the first has ended.',
    ({ generation }) => generation.polls.lastDurationSeconds,
  ),
  exporter.gauge(
    'poll_interval_seconds',
    'How old the data may be before a scrape starts a poll.',
    ({ pollIntervalSeconds }) => pollIntervalSeconds,
  ),
  exporter.gauge(
    'sweep_interval_seconds',
    'Longest time between two reads of a cluster in mode adaptive; 0 in mode full.',
    (row) => row.sweepIntervalSeconds,
  ),
  exporter.gauge('poll_in_progress', '1 while a poll runs.', (row) => row.pollInProgress),
  exporter.by(
    'clusters',
    'Clusters that can have backups, by the age of their data: fresh, stale after a failed read, expired after max_staleness, unread.',
    ['state', readStates],
    ({ clusterStates }, state) => clusterStates[state],
  ),
  exporter.gauge(
    'projects',
    'Projects in scope.',
    ({ generation }) => generation.fleet.projects.size,
  ),
  exporter.by(
    'collector_success',
    '1 if the last poll of this collector had no failure. Absent when it is off.',
    ['collector', collectorNames],
    ({ generation }, collector) => generation.polls.collectors[collector],
  ),
  exporter.gauge(
    'config_last_reload_successful',
    '1 if the last reload of the configuration succeeded.',
    ({ config }) => config.lastReloadSuccessful,
  ),
  exporter.gauge(
    'config_last_reload_success_timestamp_seconds',
    'When the configuration in use was loaded.',
    ({ config }) => config.loadedAt,
  ),
  exporter.gauge(
    'config_hash',
    'Number that changes when the configuration changes; secrets are not part of it.',
    ({ config }) => config.hash,
  ),
  exporter.gauge('shard', 'Shard of this process, from 0.', ({ shard }) => shard.index),
  exporter.gauge('total_shards', 'Total number of shards.', ({ shard }) => shard.total),
];
