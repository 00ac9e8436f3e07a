import { failureReasons } from '../domain/failure.ts';
import { collectors, mappedFields, rejectionReasons } from '../domain/report.ts';
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
    'Requests to Atlas, every try, by status class; error: no answer.',
    { endpoint: anyEndpoint, code: ['1xx', '2xx', '3xx', '4xx', '5xx', 'error'] },
  ),
  apiRequestDuration: family(
    'histogram',
    'api_request_duration_seconds',
    'How long one try took.',
    { endpoint: anyEndpoint },
  ),
  apiRetries: family('counter', 'api_retries_total', 'Tries that followed a failed one.', {
    reason: ['network', 'timeout', 'rate_limited', 'server'],
  }),
  apiThrottled: family(
    'counter',
    'api_throttled_seconds_total',
    'Time spent waiting because of pacing, backoff or Retry-After, over all requests.',
  ),
  rateLimitCapacity: family(
    'gauge',
    'api_rate_limit_capacity',
    'Capacity of the rate limit as Atlas last reported it. Absent without that header.',
    { endpoint: anyEndpoint },
  ),
  rateLimitRemaining: family(
    'gauge',
    'api_rate_limit_remaining',
    'What was left of the rate limit as Atlas last reported it. Absent without that header.',
    { endpoint: anyEndpoint },
  ),
  apiSunset: family(
    'gauge',
    'api_sunset_timestamp_seconds',
    'When Atlas ends the API version in use. Absent without that header.',
    { endpoint: anyEndpoint },
  ),
  errors: family('counter', 'errors_total', 'Failed reads, after retries.', {
    collector: collectors,
    reason: Object.keys(failureReasons),
  }),
  recordsRejected: family(
    'counter',
    'records_rejected_total',
    'Records of a listing that could not be used, or fields of them.',
    { reason: rejectionReasons },
  ),
  unknownValues: family(
    'counter',
    'unknown_values_total',
    'Values of the API that this version does not know.',
    { field: mappedFields },
  ),
  seriesDropped: family(
    'counter',
    'series_dropped_total',
    'Left out, counted at each poll: projects that another account serves (duplicate, at each listing of projects), series beyond limits.max_series, clusters beyond limits.max_clusters.',
    { reason: ['duplicate', 'series_limit', 'cluster_limit'] },
  ),
  clockSkew: family(
    'gauge',
    'clock_skew_seconds',
    'Clock of the exporter minus that of Atlas, whose Date header has whole seconds. Absent before the first answer.',
  ),
  loopDelay: family(
    'gauge',
    'poll_event_loop_delay_seconds',
    'The longest that anything else had to wait for its turn during the last poll. Absent before the first has ended.',
  ),
  scrapeDuration: family(
    'histogram',
    'scrape_duration_seconds',
    'How long a scrape took to answer, waiting for the first poll included.',
  ),
} as const;
