import { z } from 'zod';
import { duration } from './fields.ts';
import { rule } from './rules.ts';

/** With fewer, one slow or failed poll would make every cluster look stale. */
const minIntervalsToStale = 3;
/** With fewer, mode adaptive would ask every cluster in every poll. */
const minIntervalsToSweep = 2;
const defaultDiscoverySeconds = 15 * 60;
const defaultStalenessSeconds = 60 * 60;
const defaultSweepSeconds = 60 * 60;

function sweepSeconds(interval: number, stated: number | undefined): number {
  return stated ?? Math.max(defaultSweepSeconds, interval * minIntervalsToSweep);
}

/** The section `poll`. */
export const poll = z
  .strictObject({
    mode: z
      .enum(['full', 'adaptive'])
      .default('full')
      .describe(
        'full reads every cluster in every poll; adaptive those that are due, running or late, and the others in turn.',
      ),
    interval: duration('30s', '24h')
      .prefault('5m')
      .describe('Age of the data at which a scrape starts a refresh.'),
    discovery_interval: duration('30s', '7d').optional().meta({
      usually: '15m',
      description: 'How often to look for new projects and clusters; at least poll.interval.',
    }),
    background: z
      .boolean()
      .default(false)
      .describe(
        'Also refresh on a timer, without scrapes; with a jitter of a tenth of `interval`.',
      ),
    concurrency: z
      .int()
      .min(1)
      .max(100)
      .default(10)
      .describe('Maximum number of concurrent requests to Atlas.'),
    request_timeout: duration('1s', '5m')
      .prefault('30s')
      .describe('Timeout of one request, including its body.'),
    max_staleness: duration('90s', '30d').optional().meta({
      usually: '1h',
      description:
        'How long the last good data is used; at least three intervals, in mode adaptive after the sweep_interval.',
    }),
    sweep_interval: duration('1m', '7d').optional().meta({
      usually: '1h',
      description:
        'How often mode adaptive reads every cluster; at least two intervals. No effect in mode full.',
    }),
  })
  .check(
    rule(
      ['interval', 'discovery_interval'],
      ({ interval, discovery_interval = interval }) =>
        discovery_interval < interval && 'must not be shorter than poll.interval',
    ),
    rule(
      ['interval', 'max_staleness'],
      ({ interval, max_staleness = Number.POSITIVE_INFINITY }) =>
        max_staleness < interval * minIntervalsToStale &&
        'must be at least three times poll.interval',
    ),
    rule(
      ['mode', 'interval', 'sweep_interval'],
      ({ mode, interval, sweep_interval = Number.POSITIVE_INFINITY }) =>
        mode === 'adaptive' &&
        sweep_interval < interval * minIntervalsToSweep &&
        'must be at least twice poll.interval',
    ),
    // What was last read at the last sweep is as old as promised, and no failure.
    rule(
      ['mode', 'interval', 'sweep_interval', 'max_staleness'],
      ({ mode, interval, sweep_interval, max_staleness = Number.POSITIVE_INFINITY }) =>
        mode === 'adaptive' &&
        max_staleness < sweepSeconds(interval, sweep_interval) + interval * minIntervalsToStale &&
        'must be at least poll.sweep_interval and three times poll.interval together',
    ),
  )
  .transform(
    ({ interval, discovery_interval, request_timeout, max_staleness, sweep_interval, ...rest }) => {
      const sweep = sweepSeconds(interval, sweep_interval);
      const minStaleness = interval * minIntervalsToStale + (rest.mode === 'adaptive' ? sweep : 0);
      return {
        ...rest,
        intervalSeconds: interval,
        discoveryIntervalSeconds: discovery_interval ?? Math.max(defaultDiscoverySeconds, interval),
        requestTimeoutSeconds: request_timeout,
        maxStalenessSeconds: max_staleness ?? Math.max(defaultStalenessSeconds, minStaleness),
        sweepIntervalSeconds: sweep,
      };
    },
  );
