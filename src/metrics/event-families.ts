import { collectorNames } from '../domain/collectors.ts';
import { failureReasons } from '../domain/failure.ts';
import { mappedFields, rejectionReasons } from '../domain/report.ts';
import { stateFaults } from '../domain/state-faults.ts';
import type { MetricType } from './encoding.ts';
import { type FamilyFacts, type LabelValues, prefix } from './family.ts';

/** The value of a label `endpoint`: the route names of the client, which this folder does not know. */
const anyEndpoint: LabelValues = ['(name of an API call)'];

function family(
  type: MetricType,
  name: string,
  help: string,
  labels: Readonly<Record<string, LabelValues>> = {},
): FamilyFacts {
  const collector = 'exporter';
  const facts = { type, help, labels, collector, stability: 'stable', optIn: undefined } as const;
  return { ...facts, name: `${prefix}exporter_${name}` };
}

/** What the exporter counts as it happens; kept by prom-client. */
export const eventFamilies = {
  apiRequests: family(
    'counter',
    'api_requests_total',
    'Atlas API requests, retries included, by status class; error: no response.',
    { endpoint: anyEndpoint, code: ['1xx', '2xx', '3xx', '4xx', '5xx', 'error'] },
  ),
  apiRequestDuration: family(
    'histogram',
    'api_request_duration_seconds',
    'Duration of one Atlas API request.',
    { endpoint: anyEndpoint },
  ),
  apiRetries: family('counter', 'api_retries_total', 'Retried Atlas API requests.', {
    reason: ['network', 'timeout', 'rate_limited', 'server'],
  }),
  apiThrottled: family(
    'counter',
    'api_throttled_seconds_total',
    'Time that Atlas API requests waited because of pacing, backoff or Retry-After.',
  ),
  rateLimitCapacity: family(
    'gauge',
    'api_rate_limit_capacity',
    'Capacity of the rate limit as Atlas last reported it. Absent when it reports none.',
    { endpoint: anyEndpoint },
  ),
  rateLimitRemaining: family(
    'gauge',
    'api_rate_limit_remaining',
    'Remaining rate limit as Atlas last reported it. Absent when it reports none.',
    { endpoint: anyEndpoint },
  ),
  apiSunset: family(
    'gauge',
    'api_sunset_timestamp_seconds',
    'When Atlas removes the API version in use. Absent without a Sunset header.',
    { endpoint: anyEndpoint },
  ),
  errors: family('counter', 'errors_total', 'Failed reads of Atlas, after retries.', {
    collector: collectorNames,
    reason: Object.keys(failureReasons),
  }),
  recordsRejected: family(
    'counter',
    'records_rejected_total',
    'Records of Atlas, or fields of them, that could not be used.',
    { reason: rejectionReasons },
  ),
  unknownValues: family(
    'counter',
    'unknown_values_total',
    'Values from Atlas that this version does not know.',
    { field: mappedFields },
  ),
  seriesDropped: family(
    'counter',
    'series_dropped_total',
    'What was left out, counted at each poll: duplicate: projects that another account already serves; series_limit: series beyond limits.max_series; cluster_limit: clusters beyond limits.max_clusters.',
    { reason: ['duplicate', 'series_limit', 'cluster_limit'] },
  ),
  clockSkew: family(
    'gauge',
    'clock_skew_seconds',
    'Clock of the exporter minus that of Atlas, to one second. Absent before the first response.',
  ),
  loopDelay: family(
    'gauge',
    'poll_event_loop_delay_seconds',
    'Longest event loop delay during the last poll. Absent before the first has ended.',
  ),
  stateLoaded: family(
    'gauge',
    'state_loaded_timestamp_seconds',
    'When the state file was written that this process started from. Absent: it started without one.',
  ),
  stateSaved: family(
    'gauge',
    'state_saved_timestamp_seconds',
    'When the state file was last written by this process. Absent: not yet, or without state.path.',
  ),
  stateErrors: family(
    'counter',
    'state_errors_total',
    'Times the state file could not be read or written.',
    { reason: Object.keys(stateFaults) },
  ),
  scrapeDuration: family(
    'histogram',
    'scrape_duration_seconds',
    'Duration of a scrape, including the wait for the first poll.',
  ),
} as const;
