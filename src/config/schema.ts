import { z } from 'zod';
import {
  collectorFacts,
  type SwitchableCollector,
  switchableCollectors,
} from '../domain/collectors.ts';
import { account, filePath } from './account-schema.ts';
import { camelCased } from './camel-case.ts';
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
import { poll } from './poll-schema.ts';
import { isRecord, rule } from './rules.ts';

/**
 * The keys of the configuration, and what the program makes of them: `Config` follows from here.
 * `describe` is the documentation of a key and `usually` is a default that depends on other keys; both
 * reach the generated reference through `z.toJSONSchema(schema, { io: 'input' })`.
 */

/** One key for each collector that can be switched off. */
const switches = Object.fromEntries(
  switchableCollectors.map((name) => {
    const { default: on, purpose } = collectorFacts[name];
    return [name, z.boolean().default(on).describe(purpose)];
  }),
) as Record<SwitchableCollector, z.ZodDefault<z.ZodBoolean>>;

const collectors = z.strictObject({
  ...switches,
  copies: unavailableFlag.default(false).describe('Copies of snapshots in other regions.'),
  restores: unavailableFlag.default(false).describe('Restore jobs.'),
  exports: unavailableFlag.default(false).describe('Export jobs.'),
  compliance: unavailableFlag.default(false).describe('The backup compliance policy.'),
  atlas_alerts: unavailableFlag.default(false).describe('Alerts configured in Atlas.'),
  credentials: unavailableFlag.default(false).describe('Expiry of the credentials in use.'),
});

const override = z
  .strictObject({
    match: clusterGlob.describe('Glob project/cluster, the project by id or name.'),
    rpo: rpo('1m', '3650d').describe(
      'Maximum time between two snapshots; none: this cluster needs no backup.',
    ),
  })
  .transform(({ match, rpo }) => ({ match, rpoSeconds: rpo }));

const objectives = z
  .strictObject({
    grace: duration('0s', '30d')
      .prefault('1h')
      .describe('How long after its due time a snapshot counts as late.'),
    tag: plainText
      .or(z.literal(''))
      .default('')
      .describe('Key of the cluster tag that holds its objective, for example 12h; empty: none.'),
    overrides: z
      .array(override)
      .prefault([])
      .describe('Objectives of single clusters; the first match wins.'),
  })
  .transform(({ grace, tag, overrides }) => ({ graceSeconds: grace, tag, overrides }));

const metrics = z
  .strictObject({
    relative: z.boolean().default(true).describe('Export ages as well as timestamps.'),
    runtime: z.boolean().default(true).describe('Export metrics about the process.'),
    policy_details: z
      .boolean()
      .default(false)
      .describe('Export interval and retention of each policy item: two series per item.'),
    tags: unavailableList.default([]).describe('Cluster tags to export as labels.'),
  })
  .transform(camelCased);

const limits = z
  .strictObject({
    max_clusters: z
      .int()
      .min(1)
      .max(1_000_000)
      .default(20_000)
      .describe('Maximum number of clusters to read.'),
    max_series: z
      .int()
      .min(1)
      .max(100_000_000)
      .default(1_000_000)
      .describe('Maximum number of series to export.'),
  })
  .transform(camelCased);

const state = z.strictObject({
  path: filePath
    .or(z.literal(''))
    .default('')
    .describe('Folder of the state file, by which a restart forgets nothing; empty: none.'),
});

const web = z
  .strictObject({
    listen_address: listenAddress
      .prefault('0.0.0.0:10071')
      .describe('host:port to listen on; IPv6 in brackets.'),
    telemetry_path: telemetryPath.default('/metrics').describe('Path of the metrics.'),
    external_url: externalUrl
      .prefault('')
      .describe('Public URL of the pages, for links in alerts; empty if unknown.'),
  })
  .transform(camelCased);

const log = z.strictObject({
  level: z
    .enum(['trace', 'debug', 'info', 'warn', 'error'])
    .default('info')
    .describe('Minimum level.'),
  format: z.enum(['json', 'logfmt']).default('json').describe('Format of a line.'),
});

/** One account may go without a name; several are told apart by theirs. */
const distinctNames = z.superRefine<{ name?: string | undefined }[]>(
  (accounts, context) => {
    if (accounts.length < 2) return;
    const seen = new Set<unknown>();
    for (const [index, account] of accounts.entries()) {
      if (!isRecord(account)) continue;
      const { name } = account;
      const message =
        name === undefined
          ? 'is required when there are several accounts'
          : seen.has(name) && 'is already the name of another account';
      if (message) context.addIssue({ code: 'custom', path: [index, 'name'], message });
      seen.add(name);
    }
  },
  { when: ({ value }) => Array.isArray(value) },
);

export const schema = z
  .strictObject({
    accounts: z
      .array(account)
      .min(1)
      .max(100)
      .check(distinctNames)
      .describe('Credentials and what to read with each; one process serves many organisations.'),
    poll: poll.prefault({}).describe('When and how Atlas is polled.'),
    collectors: collectors.prefault({}).describe('What is read besides snapshots.'),
    objectives: objectives.prefault({}).describe('How often a cluster should have a snapshot.'),
    metrics: metrics.prefault({}).describe('What is exported.'),
    limits: limits.prefault({}).describe('Limits that protect Prometheus and Atlas.'),
    state: state.prefault({}).describe('What survives a restart.'),
    web: web.prefault({}).describe('The HTTP server.'),
    log: log.prefault({}).describe('The log, on standard error.'),
  })
  .check(
    // Without schedules nothing tells when a snapshot is due.
    rule(
      ['poll', 'collectors'],
      ({ poll, collectors }) =>
        poll.mode === 'adaptive' && !collectors.schedule && 'adaptive needs collectors.schedule',
      ['poll', 'mode'],
    ),
  );

/** What follows from the keys alone; durations are seconds. */
export type Keys = z.output<typeof schema>;
