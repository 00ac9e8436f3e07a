import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { FailedRead } from '../domain/failed-reads.ts';
import type { Anomalies } from '../domain/report.ts';
import type { Clock, UnixSeconds } from '../domain/time.ts';
import { type Format, headerLines, labelPairs, sampleLine } from './encoding.ts';
import { eventFamilies } from './event-families.ts';
import type { FamilyFacts } from './family.ts';

/** What is counted when a poll ends. */
export type PollOutcome = {
  readonly anomalies: Anomalies;
  readonly failures: readonly FailedRead[];
  /** Left out of its page because of `limits.max_series`. */
  readonly seriesDropped: number;
  /** For how many seconds at the most it let other work wait. */
  readonly longestDelay: number;
};

/** Counts what happens, and writes it out. Also listens to the way to Atlas. */
export type Telemetry = {
  readonly exchanged: (endpoint: string, status: number, seconds: number) => void;
  readonly retried: (reason: string) => void;
  readonly throttled: (seconds: number) => void;
  readonly rateLimit: (endpoint: string, capacity: number, remaining: number) => void;
  readonly sunset: (endpoint: string, at: UnixSeconds) => void;
  readonly atlasClock: (at: UnixSeconds) => void;
  /** Counts a poll's failed reads and anomalies, and the series that its page left out. */
  readonly polled: (poll: PollOutcome) => void;
  /** A read that failed outside a report: rendering, or the poll as a whole. */
  readonly failed: (read: FailedRead) => void;
  readonly scraped: (seconds: number) => void;
  /** The state file that the process started from, and the last that it wrote, by when they were written. */
  readonly stateLoaded: (writtenAt: UnixSeconds) => void;
  readonly stateSaved: (writtenAt: UnixSeconds) => void;
  readonly stateFailed: (reason: string) => void;
  /** All of it as text. */
  readonly text: (format: Format) => Promise<string>;
};

const requestBuckets = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const scrapeBuckets = [0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10];

/** `endpoints`: the names of the calls, so that every counter is there, at 0, from the start. */
export function newTelemetry(endpoints: readonly string[], clock: Clock): Telemetry {
  const registry = new Registry();
  const made = instruments(registry, endpoints);
  const failed = ({ collector, failure }: FailedRead) =>
    made.errors.inc({ collector, reason: failure.reason });
  return {
    exchanged: (endpoint, status, seconds) => {
      const code = status === 0 ? 'error' : `${Math.floor(status / 100)}xx`;
      made.apiRequests.inc({ endpoint, code });
      made.apiRequestDuration.observe({ endpoint }, seconds);
    },
    retried: (reason) => made.apiRetries.inc({ reason }),
    throttled: (seconds) => made.apiThrottled.inc(seconds),
    rateLimit: (endpoint, capacity, remaining) => {
      made.rateLimitCapacity.set({ endpoint }, capacity);
      made.rateLimitRemaining.set({ endpoint }, remaining);
    },
    sunset: (endpoint, at) => made.apiSunset.set({ endpoint }, at),
    atlasClock: (at) => made.clockSkew.set(Math.round((clock() - at) * 1000) / 1000),
    polled: ({ anomalies, failures, seriesDropped, longestDelay }) => {
      for (const read of failures) failed(read);
      const { rejected, unknown, duplicateProjects, clustersOverLimit } = anomalies;
      for (const reason of rejected) made.recordsRejected.inc({ reason });
      for (const { field } of unknown) made.unknownValues.inc({ field });
      made.seriesDropped.inc({ reason: 'duplicate' }, duplicateProjects);
      made.seriesDropped.inc({ reason: 'cluster_limit' }, clustersOverLimit);
      made.seriesDropped.inc({ reason: 'series_limit' }, seriesDropped);
      made.loopDelay.set(longestDelay);
    },
    failed,
    scraped: (seconds) => made.scrapeDuration.observe(seconds),
    stateLoaded: (writtenAt) => made.stateLoaded.set(writtenAt),
    stateSaved: (writtenAt) => made.stateSaved.set(writtenAt),
    stateFailed: (reason) => made.stateErrors.inc({ reason }),
    text: (format) => registryText(registry, format),
  };
}

function instruments(registry: Registry, endpoint: readonly string[]) {
  const { apiRequests } = eventFamilies;
  const options = ({ name, help, labels }: FamilyFacts) => ({
    name,
    help,
    labelNames: Object.keys(labels),
    registers: [registry],
  });
  const counter = (facts: FamilyFacts) => {
    const made = new Counter(options(facts));
    for (const labels of combinations(facts)) made.inc(labels, 0);
    return made;
  };
  const gauge = (facts: FamilyFacts) => {
    const made = new Gauge(options(facts));
    // prom-client starts a gauge without labels at 0, which would claim that the clocks agree.
    if (Object.keys(facts.labels).length === 0) made.remove();
    return made;
  };
  const histogram = (facts: FamilyFacts, buckets: number[]) =>
    new Histogram({ ...options(facts), buckets });
  return {
    apiRequests: counter({ ...apiRequests, labels: { ...apiRequests.labels, endpoint } }),
    apiRequestDuration: histogram(eventFamilies.apiRequestDuration, requestBuckets),
    apiRetries: counter(eventFamilies.apiRetries),
    apiThrottled: counter(eventFamilies.apiThrottled),
    rateLimitCapacity: gauge(eventFamilies.rateLimitCapacity),
    rateLimitRemaining: gauge(eventFamilies.rateLimitRemaining),
    apiSunset: gauge(eventFamilies.apiSunset),
    errors: counter(eventFamilies.errors),
    recordsRejected: counter(eventFamilies.recordsRejected),
    unknownValues: counter(eventFamilies.unknownValues),
    seriesDropped: counter(eventFamilies.seriesDropped),
    clockSkew: gauge(eventFamilies.clockSkew),
    scrapeDuration: histogram(eventFamilies.scrapeDuration, scrapeBuckets),
    loopDelay: gauge(eventFamilies.loopDelay),
    stateLoaded: gauge(eventFamilies.stateLoaded),
    stateSaved: gauge(eventFamilies.stateSaved),
    stateErrors: counter(eventFamilies.stateErrors),
  };
}

/** All that the labels can be together; none where one of them is open. */
function combinations({ labels }: FamilyFacts): readonly Record<string, string>[] {
  return Object.entries(labels).reduce<readonly Record<string, string>[]>(
    (all, [name, values]) =>
      all.flatMap((one) => (values === 'open' ? [] : values.map((v) => ({ ...one, [name]: v })))),
    [{}],
  );
}

/**
 * Writes out a registry by our own encoder: prom-client's content type belongs to the registry, and
 * switching it to OpenMetrics and back strips `_total` from the names for good.
 */
async function registryText(registry: Registry, format: Format): Promise<string> {
  const metrics = await registry.getMetricsAsJSON();
  return metrics
    .filter(({ values }) => values.length > 0)
    .map(({ name, help, type, values }) => {
      const lines = values.map((sample) => {
        const named = 'metricName' in sample ? String(sample.metricName) : name;
        return sampleLine(named, labelPairs(textLabels(sample.labels)), sample.value);
      });
      return headerLines({ name, help, type: typeOf(type) }, format) + lines.join('');
    })
    .join('');
}

function typeOf(type: unknown): 'counter' | 'gauge' | 'histogram' {
  return type === 'counter' || type === 'histogram' ? type : 'gauge';
}

function textLabels(labels: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(labels).map(([name, value]) => [
      name,
      // OpenMetrics wants a bucket's bound as a float; text 0.0.4 takes it, too.
      name === 'le' && Number.isInteger(value) ? `${value}.0` : String(value),
    ]),
  );
}
