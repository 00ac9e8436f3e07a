import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { StatusView } from '../../../src/status/view.ts';
import { clustersEndpoint } from '../../../src/web/api/clusters.ts';
import type { Endpoint } from '../../../src/web/api/endpoint.ts';
import { statusEndpoint } from '../../../src/web/api/status.ts';
import { type FleetName, fleetNames, fleets } from '../../metrics/fleets.ts';
import { newRoutes } from '../routes.ts';
import { emptyView, viewOf } from '../views.ts';

/** The answer, which has exactly the keys of its schema. */
async function answer(endpoint: Endpoint, view: StatusView, query = '') {
  const { statusCode, headers, payload } = await newRoutes({ view }).get(
    `${endpoint.path}${query}`,
  );
  expect([statusCode, headers['content-type']]).toEqual([200, 'application/json; charset=utf-8']);
  const given: unknown = JSON.parse(payload);
  expect(endpoint.schema.parse(given)).toEqual(given);
  expect(payload).not.toContain('null');
  return given as Record<string, unknown>;
}

const listed = z.object({ clusters: z.array(z.record(z.string(), z.unknown())) });

async function onlyCluster(name: FleetName) {
  const { clusters } = listed.parse(await answer(clustersEndpoint, await viewOf(fleets[name])));
  return clusters[0];
}

describe('the answers', () => {
  test.each(fleetNames)('are as their schemas say for a fleet that is %s', async (name) => {
    const view = await viewOf(fleets[name]);
    const clusters = await answer(clustersEndpoint, view);
    const status = await answer(statusEndpoint, view);
    expect(clusters).toMatchObject({ matching: view.rows.length, page: 1, pages: 1 });
    expect(status).toMatchObject({ clusters: { total: view.rows.length } });
  });

  test('before the first poll have generation 0 and no time that never was', async () => {
    const status = await answer(statusEndpoint, emptyView);
    expect(status).toMatchObject({ schema_version: 1, generation: 0, now: '2026-08-12T12:00:00Z' });
    expect(status['poll']).toEqual({ in_progress: false, interval_seconds: 300, success: false });
  });

  test('tell what is known of a healthy cluster', async () => {
    expect(await onlyCluster('healthy')).toMatchObject({
      project: 'payments',
      cluster: 'ledger',
      account: 'main',
      newest_completed: {
        taken_at: '2026-08-12T11:30:00Z',
        age_seconds: 1800,
        size_bytes: 2_000_000_000,
        kept_forever: false,
      },
      snapshots: { queued: 0, in_progress: 0, completed: 8, failed: 0, other: 0 },
      read_state: 'fresh',
      last_read_at: '2026-08-12T12:00:00Z',
    });
  });

  test('leave out what is too old to be trusted, and keep what is a time', async () => {
    const cluster = await onlyCluster('expired');
    expect(cluster).not.toHaveProperty('snapshots');
    expect(cluster).not.toHaveProperty('newest_completed.size_bytes');
    expect(cluster).toMatchObject({
      read_state: 'expired',
      newest_completed: { taken_at: '2026-08-12T11:30:00Z' },
      failure: { reason: 'timeout', remedy: 'Atlas did not answer in time.' },
    });
  });

  test('say forever where a time would never come', async () => {
    const cluster = await onlyCluster('keptForEver');
    expect(cluster).toMatchObject({
      newest_completed: { kept_forever: true },
      recoverable_forever: true,
    });
    expect(cluster).not.toHaveProperty('recoverable_until');
    expect(cluster).not.toHaveProperty('newest_completed.expires_at');
  });

  test('name the alerts, since when, and the reason in words', async () => {
    expect(await onlyCluster('stuck')).toMatchObject({
      severity: 'warning',
      active_alerts: [{ name: 'AtlasBackupStuck', since: '2026-08-11T04:00:00Z' }],
      reason: 'A snapshot was requested 2026-08-10 22:00 UTC and has not ended.',
    });
  });
});
