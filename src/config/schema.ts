import { z } from 'zod';
import { account } from './account-schema.ts';
import {
  clusterGlob,
  duration,
  externalUrl,
  listenAddress,
  plainText,
  rpo,
  telemetryPath,
  unavailableFlag,
  unavailableList,
} from './fields.ts';
import {
  adaptiveNeedsSchedules,
  discoveryNotTooOften,
  distinctNames,
  stalenessLongEnough,
  stalenessLongerThanSweep,
  sweepNotTooOften,
} from './rules.ts';

/**
 * The keys of the configuration. `describe` is the documentation of a key and `usually` is a
 * default that depends on other keys; both reach the generated reference through
 * `z.toJSONSchema(schema, { io: 'input' })`.
 */

const poll = z
  .strictObject({
    mode: z
      .enum(['full', 'adaptive'])
      .default('full')
      .describe(
        'full asks every cluster in every poll; adaptive those that are due, running or late, and all in turn.',
      ),
    interval: duration('30s', '24h')
      .prefault('5m')
      .describe('How old the data may be before a scrape starts a refresh.'),
    discovery_interval: duration('30s', '7d').optional().meta({
      usually: '15m',
      description: 'How often to look for new projects and clusters; never below poll.interval.',
    }),
    background: z
      .boolean()
      .default(false)
      .describe(
        'Refresh on a timer as well, scraped or not; up to a tenth of `interval` later, so that exporters drift apart.',
      ),
    concurrency: z.int().min(1).max(100).default(10).describe('Most requests to Atlas at a time.'),
    request_timeout: duration('1s', '5m')
      .prefault('30s')
      .describe('Longest time for one whole request, the body included.'),
    max_staleness: duration('90s', '30d').optional().meta({
      usually: '1h',
      description:
        'How long the last good answer counts; at least three intervals, in mode adaptive after the sweep_interval.',
    }),
    sweep_interval: duration('1m', '7d').optional().meta({
      usually: '1h',
      description:
        'For how long mode adaptive may leave a cluster unasked; at least two intervals. Without effect in mode full.',
    }),
  })
  .check(discoveryNotTooOften())
  .check(stalenessLongEnough())
  .check(sweepNotTooOften())
  .check(stalenessLongerThanSweep());

const collectors = z.strictObject({
  schedule: z
    .boolean()
    .default(true)
    .describe(
      'Backup schedules, objectives and due times; without it no alert tells that a backup is late.',
    ),
  copies: unavailableFlag.default(false).describe('Copies of snapshots in other regions.'),
  restores: unavailableFlag.default(false).describe('Restore jobs.'),
  exports: unavailableFlag.default(false).describe('Export jobs.'),
  compliance: unavailableFlag.default(false).describe('The backup compliance policy.'),
  atlas_alerts: unavailableFlag.default(false).describe('Alerts configured in Atlas.'),
  credentials: unavailableFlag.default(false).describe('Expiry of the credentials in use.'),
});

const override = z.strictObject({
  match: clusterGlob.describe('Glob project/cluster, the project by id or name.'),
  rpo: rpo('1m', '3650d').describe(
    'The longest time between two snapshots; none: this cluster needs no backup.',
  ),
});

const objectives = z.strictObject({
  grace: duration('0s', '30d')
    .prefault('1h')
    .describe('How long a snapshot may take to appear after it is due, before it counts as late.'),
  tag: plainText
    .or(z.literal(''))
    .default('')
    .describe('Tag of a cluster whose value is its objective, for example 12h; empty: none.'),
  overrides: z
    .array(override)
    .prefault([])
    .describe('Objectives of your own; the first that matches a cluster counts.'),
});

const metrics = z.strictObject({
  relative: z.boolean().default(true).describe('Also write ages, not only timestamps.'),
  runtime: z.boolean().default(true).describe('Write metrics about the process.'),
  policy_details: z
    .boolean()
    .default(false)
    .describe('Write interval and retention of each policy item, too: two series an item.'),
  tags: unavailableList.default([]).describe('Tags of clusters to write as labels.'),
});

const limits = z.strictObject({
  max_clusters: z.int().min(1).max(1_000_000).default(20_000).describe('Most clusters to read.'),
  max_series: z.int().min(1).max(100_000_000).default(1_000_000).describe('Most series to write.'),
});

const web = z.strictObject({
  listen_address: listenAddress
    .prefault('0.0.0.0:10071')
    .describe('host:port to listen on; IPv6 in brackets.'),
  telemetry_path: telemetryPath.default('/metrics').describe('Path of the metrics.'),
  external_url: externalUrl
    .prefault('')
    .describe('Where people reach the pages, for links in alerts; empty if unknown.'),
});

const log = z.strictObject({
  level: z
    .enum(['trace', 'debug', 'info', 'warn', 'error'])
    .default('info')
    .describe('Least level.'),
  format: z.enum(['json', 'logfmt']).default('json').describe('Shape of a line.'),
});

export const schema = z
  .strictObject({
    accounts: z
      .array(account)
      .min(1)
      .max(100)
      .check(distinctNames())
      .describe('Credentials and what to read with each; one process serves many organisations.'),
    poll: poll.prefault({}).describe('When and how Atlas is asked.'),
    collectors: collectors.prefault({}).describe('What is read besides snapshots.'),
    objectives: objectives.prefault({}).describe('How often a cluster should have a snapshot.'),
    metrics: metrics.prefault({}).describe('What is written.'),
    limits: limits.prefault({}).describe('Guards for Prometheus and for Atlas.'),
    web: web.prefault({}).describe('The HTTP server.'),
    log: log.prefault({}).describe('The log, on standard error.'),
  })
  .check(adaptiveNeedsSchedules());

/** Sound values under the names that the file uses; durations are seconds. */
export type Keys = z.output<typeof schema>;
