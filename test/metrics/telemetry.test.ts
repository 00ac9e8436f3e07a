import { describe, expect, test } from 'vitest';
import { collectorNames } from '../../src/domain/collectors.ts';
import { failedReads } from '../../src/domain/failed-reads.ts';
import { failureReasons } from '../../src/domain/failure.ts';
import { formats } from '../../src/metrics/encoding.ts';
import { eventFamilies } from '../../src/metrics/event-families.ts';
import { newTelemetry, type Telemetry } from '../../src/metrics/telemetry.ts';
import { report, timeout } from '../domain/reports.ts';
import { noon } from '../domain/snapshots.ts';
import { parsed, type Sample, samplesBy } from './exposition.ts';

const endpoints = ['projects', 'snapshots'];
const newOne = () => newTelemetry(endpoints, () => noon);
const own = 'mongodbatlas_backup_exporter_';

async function read(telemetry: Telemetry): Promise<(name: string) => readonly Sample[]> {
  const samples = samplesBy(parsed(await telemetry.text('text'), 'text'));
  return (name) => samples.get(own + name) ?? [];
}

/** The series that are not 0, by their labels. */
async function counted(telemetry: Telemetry, name: string): Promise<Record<string, number>> {
  const samples = (await read(telemetry))(name).filter(({ value }) => value !== 0);
  return Object.fromEntries(
    samples.map(({ labels, value }) => [Object.values(labels).join(' '), value]),
  );
}

describe('before anything has happened', () => {
  test.each([
    ['errors_total', collectorNames.length * Object.keys(failureReasons).length],
    ['api_requests_total', endpoints.length * 6],
    ['api_retries_total', 4],
    ['api_throttled_seconds_total', 1],
    ['records_rejected_total', 5],
    ['unknown_values_total', 6],
    ['series_dropped_total', 3],
  ])('every series of %s is there, at 0', async (name, count) => {
    const samples = (await read(newOne()))(name);
    expect(samples).toHaveLength(count);
    expect(samples.every(({ value }) => value === 0)).toBe(true);
  });

  test.each([
    'clock_skew_seconds',
    'api_rate_limit_capacity',
    'api_rate_limit_remaining',
    'api_sunset_timestamp_seconds',
  ])('%s is absent', async (name) => {
    expect((await read(newOne()))(name)).toEqual([]);
  });
});

test('every try is counted by endpoint and status class, no answer as error', async () => {
  const telemetry = newOne();
  for (const status of [200, 204, 401, 429, 500, 503, 0]) {
    telemetry.exchanged('snapshots', status, 0.2);
  }
  expect(await counted(telemetry, 'api_requests_total')).toEqual({
    'snapshots 2xx': 2,
    'snapshots 4xx': 2,
    'snapshots 5xx': 2,
    'snapshots error': 1,
  });
  const buckets = (await read(telemetry))('api_request_duration_seconds_count');
  expect(buckets).toEqual([
    expect.objectContaining({ labels: { endpoint: 'snapshots' }, value: 7 }),
  ]);
});

test('a poll counts its failed reads by collector and reason, and what it met', async () => {
  const telemetry = newOne();
  const made = report({
    projects: { a: ['p', '!lost'] },
    clusters: { p: timeout },
    backups: { 'p/x': timeout, 'p/y': timeout },
  });
  telemetry.polled({
    failures: failedReads(made),
    seriesDropped: 40,
    longestDelay: 0.03,
    anomalies: {
      rejected: ['date', 'date', 'size'],
      unknown: [{ field: 'status', value: 'paused' }],
      duplicateProjects: 2,
      clustersOverLimit: 7,
    },
  });
  telemetry.failed({
    collector: 'snapshots',
    failure: { ...timeout, reason: 'internal' },
    scope: '',
  });
  expect(await counted(telemetry, 'errors_total')).toEqual({
    'clusters not_found': 1,
    'clusters timeout': 1,
    'snapshots timeout': 2,
    'snapshots internal': 1,
  });
  expect(await counted(telemetry, 'records_rejected_total')).toEqual({ date: 2, size: 1 });
  expect(await counted(telemetry, 'unknown_values_total')).toEqual({ status: 1 });
  expect(await counted(telemetry, 'series_dropped_total')).toEqual({
    duplicate: 2,
    cluster_limit: 7,
    series_limit: 40,
  });
});

test('what Atlas reports about itself is shown as last reported', async () => {
  const telemetry = newOne();
  telemetry.rateLimit('snapshots', 1200, 800);
  telemetry.rateLimit('snapshots', 1200, 799);
  telemetry.sunset('snapshots', noon + 86_400);
  telemetry.atlasClock(noon - 2);
  telemetry.retried('rate_limited');
  telemetry.throttled(1.5);
  telemetry.scraped(0.002);
  const nothing = { rejected: [], unknown: [], duplicateProjects: 0, clustersOverLimit: 0 };
  telemetry.polled({ anomalies: nothing, failures: [], seriesDropped: 0, longestDelay: 0.03 });
  expect(await counted(telemetry, 'api_rate_limit_capacity')).toEqual({ snapshots: 1200 });
  expect(await counted(telemetry, 'api_rate_limit_remaining')).toEqual({ snapshots: 799 });
  expect(await counted(telemetry, 'api_sunset_timestamp_seconds')).toEqual({
    snapshots: noon + 86_400,
  });
  expect(await counted(telemetry, 'clock_skew_seconds')).toEqual({ '': 2 });
  expect(await counted(telemetry, 'api_retries_total')).toEqual({ rate_limited: 1 });
  expect(await counted(telemetry, 'api_throttled_seconds_total')).toEqual({ '': 1.5 });
  expect(await counted(telemetry, 'scrape_duration_seconds_count')).toEqual({ '': 1 });
  expect(await counted(telemetry, 'poll_event_loop_delay_seconds')).toEqual({ '': 0.03 });
});

test('no label has a value outside its declared set, after anything has happened', async () => {
  const telemetry = newOne();
  const reasons = Object.keys(failureReasons) as (keyof typeof failureReasons)[];
  for (const reason of reasons) {
    telemetry.failed({ collector: 'clusters', failure: { ...timeout, reason }, scope: '' });
  }
  for (const status of [0, 101, 200, 304, 404, 599]) telemetry.exchanged('projects', status, 1);
  const families = new Map(
    Object.values(eventFamilies).map((family) => [family.name, family.labels]),
  );
  for (const { name, samples } of parsed(await telemetry.text('text'), 'text')) {
    for (const { labels } of samples) {
      for (const [label, value] of Object.entries(labels)) {
        if (label === 'le') continue;
        expect(label === 'endpoint' ? endpoints : families.get(name)?.[label]).toContain(value);
      }
    }
  }
});

test.each(formats)('the %s format can be asked for in turn with the other', async (format) => {
  const telemetry = newOne();
  telemetry.exchanged('projects', 200, 0.1);
  const first = await telemetry.text(format);
  for (const other of formats) await telemetry.text(other);
  expect(await telemetry.text(format)).toBe(first);
  parsed(format === 'openmetrics' ? `${first}# EOF\n` : first, format);
});
