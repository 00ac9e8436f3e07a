import { z } from 'zod';
import { stateNames } from '../../alerting/states.ts';
import { plainText } from '../../domain/phrase.ts';
import { exporterConditions } from '../../status/exporter-conditions.ts';
import { fleetStatus } from '../../status/fleet-status.ts';
import {
  missingOf,
  type ReadFailure,
  readFailuresOf,
  unreadResources,
} from '../../status/read-failures.ts';
import { fleetQuery } from '../pages/fleet-query.ts';
import { alertShape, severity } from './alert-record.ts';
import { endpoint } from './endpoint.ts';
import { failureRecord, failureRecordOf } from './failure-record.ts';
import { envelope, envelopeOf, present, time, timeText } from './values.ts';

const poll = z.object({
  in_progress: z.boolean(),
  interval_seconds: z.number(),
  success: z.boolean().describe('The last poll covered everything in scope.'),
  last_completed_at: time.optional().describe('End of the last poll, failures or not.'),
  last_success_at: time.optional().describe('End of the last poll that covered everything.'),
  last_duration_seconds: z.number().optional(),
  state_file_at: time
    .optional()
    .describe('Since the start no poll has ended: all is from the state file of this time.'),
});

const clusters = z.object({
  total: z.int(),
  by_state: z
    .partialRecord(z.enum(stateNames), z.int())
    .describe('A state that no cluster is in is left out.'),
  by_severity: z.record(z.enum([...severity.options, 'none']), z.int()),
});

const maxScopes = 100;

const scope = z.object({
  account: z.string(),
  project_id: z.string().optional(),
  project: z.string().optional(),
  cluster: z.string().optional(),
});

const readFailure = z.object({
  resource: z.enum(unreadResources).describe('What could not be read.'),
  ...failureRecord.shape,
  count: z.int().describe('In how many places.'),
  scopes: z.array(scope).describe(`The places, the first ${maxScopes} of them.`),
});

const none = z.strictObject({});

export const statusEndpoint = endpoint({
  path: '/api/v1/status',
  about:
    'Clusters by state and severity, the last poll, read failures, and alerts about the exporter.',
  parameters: none,
  schema: z.object({
    ...envelope,
    version: z.string().describe('Of the exporter.'),
    poll,
    clusters,
    active_alerts: z
      .array(z.object(alertShape))
      .describe('Shipped alerts about the exporter as a whole whose condition is true now.'),
    read_failures: z
      .array(readFailure)
      .describe('Reads whose last attempt failed; equal failures are one entry.'),
    missing_projects: z
      .array(z.object({ account: z.string(), named: z.string() }))
      .describe('Ids or names in the configuration that are not visible to the account.'),
  }),
  answer: (view, { query, version }) => {
    const everything = fleetQuery({});
    if (everything === undefined || !none.safeParse(query).success) return 'bad request';
    const { counts } = fleetStatus(view, everything);
    const { polls } = view.generation;
    return {
      ...envelopeOf(view),
      version,
      poll: present({
        in_progress: view.pollInProgress,
        interval_seconds: view.context.pollIntervalSeconds,
        success: polls.success,
        last_completed_at: timeText(polls.lastCompletedAt || undefined),
        last_success_at: timeText(polls.lastSuccessAt || undefined),
        last_duration_seconds: polls.lastDurationSeconds,
        state_file_at: timeText(view.stateFileAt),
      }),
      clusters: {
        total: counts.total,
        by_state: Object.fromEntries(counts.byState),
        by_severity: counts.bySeverity,
      },
      active_alerts: exporterConditions(view).map(({ name, severity, says }) => ({
        name,
        severity,
        message: plainText(says),
      })),
      read_failures: readFailuresOf(view).map(readFailureOf),
      missing_projects: [...missingOf(view)],
    };
  },
});

function readFailureOf({ unread, failure, scopes }: ReadFailure): z.input<typeof readFailure> {
  return {
    resource: unread,
    ...failureRecordOf(failure),
    count: scopes.length,
    scopes: scopes
      .slice(0, maxScopes)
      .map(({ account, project, cluster }) =>
        present({ account, project_id: project?.id, project: project?.name, cluster }),
      ),
  };
}
