import { z } from 'zod';
import { stateNames } from '../../alerting/states.ts';
import { plainText } from '../../domain/phrase.ts';
import { exporterConditions } from '../../status/exporter-conditions.ts';
import { fleetStatus } from '../../status/fleet-status.ts';
import {
  missingOf,
  readFailuresOf,
  type UnreadResource,
  unreadResources,
} from '../../status/read-failures.ts';
import { fleetQuery } from '../fleet-query.ts';
import { endpoint } from './endpoint.ts';
import { failure, severity } from './summary.ts';
import { envelope, envelopeOf, present, time, timeText } from './values.ts';

const poll = z.object({
  in_progress: z.boolean(),
  interval_seconds: z.number(),
  success: z.boolean().describe('The last poll covered everything in scope.'),
  last_completed_at: time.optional().describe('End of the last poll, failures or not.'),
  last_success_at: time.optional().describe('End of the last poll that covered everything.'),
  last_duration_seconds: z.number().optional(),
});

const clusters = z.object({
  total: z.int(),
  by_state: z
    .partialRecord(z.enum(stateNames), z.int())
    .describe('A state that no cluster is in is left out.'),
  by_severity: z.record(z.enum([...severity.options, 'none']), z.int()),
});

const trouble = z.object({
  unread: z
    .enum(Object.keys(unreadResources) as UnreadResource[])
    .describe('What could not be read.'),
  ...failure.shape,
  count: z.int().describe('In how many places, all of them.'),
  scopes: z
    .array(
      z.object({
        account: z.string(),
        project_id: z.string().optional(),
        project: z.string().optional(),
        cluster: z.string().optional(),
      }),
    )
    .describe('The first 100 of them.'),
});

const maxScopes = 100;

const none = z.strictObject({});

export const statusEndpoint = endpoint({
  path: '/api/v1/status',
  about:
    'How the fleet is in numbers, how polling goes, what could not be read, and what is wrong with the exporter as a whole.',
  parameters: none,
  schema: z.object({
    ...envelope,
    version: z.string().describe('Of the exporter.'),
    poll,
    clusters,
    conditions: z
      .array(z.object({ alert: z.string(), severity, says: z.string() }))
      .describe('Shipped alerts about the exporter as a whole whose cause is there now.'),
    troubles: z.array(trouble).describe('Last attempts to read that failed, alike ones together.'),
    unfound_projects: z
      .array(z.object({ account: z.string(), named: z.string() }))
      .describe('Named in the configuration, and not shown to the account.'),
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
      }),
      clusters: {
        total: counts.total,
        by_state: Object.fromEntries(counts.byState),
        by_severity: counts.bySeverity,
      },
      conditions: exporterConditions(view).map(({ name, severity, says }) => ({
        alert: name,
        severity,
        says: plainText(says),
      })),
      troubles: readFailuresOf(view).map(({ unread, failure, remedy, scopes }) => ({
        unread,
        ...failure,
        remedy,
        count: scopes.length,
        scopes: scopes
          .slice(0, maxScopes)
          .map(({ account, project, cluster }) =>
            present({ account, project_id: project?.id, project: project?.name, cluster }),
          ),
      })),
      unfound_projects: [...missingOf(view)],
    };
  },
});
