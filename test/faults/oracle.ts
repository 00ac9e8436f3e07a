import { expect } from 'vitest';
import { labelsOf, type Series, seriesKey } from '../oracle/series.ts';
import type { Seen } from './playing.ts';
import type { Row } from './row.ts';
import { canaries, firstProject } from './setting.ts';

const prefix = 'mongodbatlas_backup_';
const nameOf = (key: string) => key.slice(0, key.indexOf(' '));

export function own(seen: Seen, name: string, labels: Readonly<Record<string, string>> = {}) {
  return seen.own.get(seriesKey(`${prefix}exporter_${name}`, labels));
}

function sumOf({ own }: Seen, name: string, only = ''): number {
  return [...own]
    .filter(([key]) => nameOf(key) === `${prefix}exporter_${name}` && key.includes(only))
    .reduce((sum, [, value]) => sum + value, 0);
}

/** The name of the cluster a series is about, else the id of its project. */
export function scopeOf(key: string): string {
  const { cluster, project_id = '' } = labelsOf(key);
  return cluster ?? project_id;
}

/** By scope. */
export function scopes(fleet: Series): ReadonlyMap<string, Series> {
  const all = new Map<string, Series>();
  for (const [key, value] of fleet) {
    all.set(scopeOf(key), (all.get(scopeOf(key)) ?? new Map()).set(key, value));
  }
  return all;
}

function anyGone(before: Series, now: Series): boolean {
  const there = scopes(now);
  return [...scopes(before).keys()].some((scope) => !there.has(scope));
}

const allowed =
  /^(GET \/api\/atlas\/v2\/groups(\/[0-9a-f]{24}\/(clusters|flexClusters)(\/[^/ ?]+\/(backup\/(snapshots|snapshots\/shardedClusters|schedule)|snapshots))?)?(\?[\w=&]+)? |POST \/api\/oauth\/token )/;

/** What holds of every page, whatever has happened before. */
export function checkInvariants(seen: Seen, before: Seen | undefined, row: Row, log: string): void {
  // I1: nothing is fresher than the clock allows; against the truth it is compared elsewhere.
  for (const [key, value] of seen.fleet) {
    if (/last_(completed|fallback)_timestamp|success_timestamp/.test(nameOf(key))) {
      expect(value, key).toBeLessThanOrEqual(seen.at);
    }
  }
  // I2, N3: who says that a read worked gives the time of this poll, and nobody else does.
  const worked = (kind: string) =>
    [...seen.fleet].filter(([key]) => nameOf(key) === `${prefix}${kind}refresh_success`);
  const misnames = row.expected.kind === 'taken' && row.expected.misnames === true;
  for (const kind of ['', 'project_']) {
    for (const [key, value] of worked(kind)) {
      const at = seen.fleet.get(key.replace('_success', '_last_success_timestamp_seconds'));
      // One that Atlas does not know any more was not read, and has not failed before that is confirmed.
      if (value === 1 && kind === '' && misnames) expect(at, key).toBeLessThanOrEqual(seen.at);
      else if (value === 1) expect(at, key).toBe(seen.at);
      else expect(at ?? 0, key).toBeLessThan(seen.at);
    }
  }
  checkCollectors(seen, misnames);
  const failed = [...worked(''), ...worked('project_'), ...seen.collectors].some(
    ([, value]) => value === 0,
  );
  const errors = sumOf(seen, 'errors_total') - (before ? sumOf(before, 'errors_total') : 0);
  const success = own(seen, 'poll_success');
  // What has gone with this poll may have failed in it, too, and leaves nothing uncovered.
  const left = before !== undefined && anyGone(before.fleet, seen.fleet);
  if (failed || (errors > 0 && !left)) expect(success).toBe(0);
  expect(own(seen, 'poll_last_completed_timestamp_seconds')).toBe(seen.at);
  expect(own(seen, 'poll_last_success_timestamp_seconds')).toBe(
    success === 1 ? seen.at : before ? own(before, 'poll_last_success_timestamp_seconds') : 0,
  );
  // I3, I8: while the poll ran the page was the one before it, and came at once.
  expect([...seen.meanwhile.fleet]).toEqual([...seen.before]);
  for (const ms of Object.values(seen.meanwhile.spent)) expect(ms).toBeLessThan(1_000);
  // I6
  expect(seen.requests.length).toBeLessThanOrEqual(row.fault === 'endless_pages' ? 1_100 : 90);
  expect(seen.bytes).toBeLessThan(80 * 2 ** 20);
  for (const ms of Object.values(seen.spent)) expect(ms).toBeLessThan(row.withinMs ?? 6_000);
  expect(seen.monotonicSeconds).toBeLessThan(16 * 60);
  // I7, N7
  for (const canary of [canaries.privateKey, canaries.clientSecret, 'Bearer ', 'response="']) {
    expect(seen.text.includes(canary) || log.includes(canary), canary).toBe(false);
  }
  // N6: it only reads, and only what it must.
  for (const request of seen.requests) expect(request).toMatch(allowed);
  // N8: it counts every request that was sent.
  const counted =
    sumOf(seen, 'api_requests_total') - (before ? sumOf(before, 'api_requests_total') : 0);
  if (row.fault !== 'refused connections') expect(counted).toBe(seen.requests.length);
  expect(Object.keys(Object.prototype)).toEqual([]);
}

/**
 * I2 of what is not read in every poll: it is as old as it says, and never too old to be called good,
 * but for a cluster that Atlas does not know any more, before that is confirmed.
 */
function checkCollectors({ collectors, at }: Seen, misnames: boolean): void {
  const maxPeriodSeconds = 2.5 * 3600;
  for (const [key, value] of collectors) {
    if (key.includes('_last_success_')) expect(value, key).toBeLessThanOrEqual(at);
    else if (value === 1 && !misnames) {
      const readAt = collectors.get(key.replace('_success', '_last_success_timestamp_seconds'));
      expect(readAt, key).toBeGreaterThan(at - maxPeriodSeconds);
    }
  }
}

/** Every number of these scopes is the truth's. */
export function expectTruth(seen: Seen, truth: Seen, but: ReadonlySet<string> = new Set()): void {
  const rest = (fleet: Series) =>
    Object.fromEntries([...fleet].filter(([key]) => !but.has(scopeOf(key))).sort());
  expect(rest(seen.fleet)).toEqual(rest(truth.fleet));
}

const isNewest = (key: string) => /last_completed_timestamp_seconds/.test(nameOf(key));
const ofCluster = (key: string) => `${nameOf(key)} ${labelsOf(key)['cluster']}`;

/** I1, N2: no newest snapshot is newer than the truth's. */
export function expectNotFresher(seen: Seen, truth: Seen): void {
  const newest = new Map<string, number>();
  for (const [key, at] of truth.fleet) {
    if (isNewest(key)) newest.set(ofCluster(key), Math.max(at, newest.get(ofCluster(key)) ?? 0));
  }
  for (const [key, at] of seen.fleet) {
    if (!isNewest(key)) continue;
    expect(at, key).toBeLessThanOrEqual(newest.get(ofCluster(key)) ?? seen.at);
  }
}

/** What a scope showed at its last good read, aged until now, and marked as failed. */
export function keptFrom(truth: Series, seconds: number): Series {
  return new Map(
    [...truth].map(([key, value]) => {
      const name = nameOf(key);
      if (name.endsWith('refresh_success')) return [key, 0];
      if (name.endsWith('_age_seconds')) return [key, value + seconds];
      return [key, name.endsWith('_expires_in_seconds') ? value - seconds : value];
    }),
  );
}

const whole = new Set(['auth', 'network', 'timeout', 'tls']);

/** The scopes that a row makes fail. */
export function hit({ at, expected, also = [] }: Row, all: Iterable<string>): ReadonlySet<string> {
  const reason = expected.kind === 'fails' ? expected.reason : '';
  switch (at) {
    case 'snapshots':
    case 'schedule':
      return new Set(['cluster-3', ...also]);
    case 'sharded':
      return new Set(['cluster-2']);
    case 'flex':
      return new Set(['cluster-5']);
    case 'clusters':
      return new Set([firstProject]);
    case 'projects':
      return new Set(whole.has(reason) ? all : []);
    case 'everything':
    case 'token':
      return new Set(all);
  }
}

/** How much a counter has grown. */
export function grown(
  seen: Seen,
  before: Seen | undefined,
  name: string,
  labels: Readonly<Record<string, string>>,
): number {
  const only = JSON.stringify(Object.entries(labels)).slice(1, -1);
  return sumOf(seen, name, only) - (before ? sumOf(before, name, only) : 0);
}
