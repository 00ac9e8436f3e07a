import { describe, expect, test } from 'vitest';
import { failedReads } from '../../../src/domain/failed-reads.ts';
import { simulatorAccount } from '../reader.ts';
import { ends, surveying, worldWith } from './surveying.ts';

describe('once the key is refused', () => {
  test('nothing more is asked in that pass, and everything in scope has failed', async () => {
    const world = worldWith(3, 10, 'healthy');
    const it = await surveying(world);
    await it.pass({ discover: true });
    const keys = it.simulator.credentials.apiKeys;
    it.simulator.credentials.apiKeys = [];
    const report = await it.pass();
    expect(Object.values(ends(world, report.backups))).toEqual(Array(30).fill('auth'));
    // Those four under way, each refused and tried with a new nonce, the probe, and no more.
    expect(it.simulator.requestLog.total).toBeLessThanOrEqual(4 * 2 + 2);
    expect(
      it.simulator.requestLog.entries.filter(({ path }) => path.endsWith('/groups')),
    ).toHaveLength(2);
    it.simulator.credentials.apiKeys = keys;
    const restored = await it.pass();
    expect(failedReads(restored)).toEqual([]);
  });

  test('at the first call, two requests were sent', async () => {
    const world = worldWith(1, 1, 'healthy');
    const it = await surveying(world);
    it.simulator.credentials.apiKeys = [];
    const report = await it.pass({ discover: true });
    expect(ends(world, report.projects)).toEqual({ 'account-1': 'auth' });
    expect(it.simulator.requestLog.total).toBe(2);
  });

  test('another account goes on', async () => {
    const world = worldWith(2, 2, 'healthy');
    const bad = {
      kind: 'api_key' as const,
      read: async () => ({ user: 'simulator', password: 'wrong' }),
    };
    const it = await surveying(world, { accounts: [{ credentials: bad }, {}] });
    const report = await it.pass({ discover: true });
    expect(ends(world, report.projects)).toEqual({ 'account-1': 'auth', 'account-2': 'read' });
    expect(Object.values(ends(world, report.backups))).toEqual(Array(4).fill('read'));
  });
});

test('without a token nothing is asked, and the token is asked for once a pass', async () => {
  const world = worldWith(1, 20, 'healthy');
  const it = await surveying(world, {
    accounts: [{ credentials: simulatorAccount }],
    concurrency: 1,
  });
  await it.pass({ discover: true });
  await it.readers[0]?.time.advance(3_600_000);
  it.simulator.intercept(({ path }) =>
    path.endsWith('/oauth/token') ? { status: 500, body: '' } : undefined,
  );
  const report = await it.pass();
  expect(Object.values(ends(world, report.backups))).toEqual(Array(20).fill('server'));
  expect(it.simulator.requestLog.total).toBe(1);
});

test('when nothing answers any more, a pass does not wait for each cluster in turn', async () => {
  const world = worldWith(1, 60, 'healthy');
  const it = await surveying(world, { concurrency: 1 });
  await it.pass({ discover: true });
  it.simulator.intercept(() => 'destroy');
  const report = await it.pass();
  expect(Object.values(ends(world, report.backups))).toEqual(Array(60).fill('network'));
  // Five reads and the probe, of three tries each.
  expect(it.simulator.requestLog.total).toBe((5 + 1) * 3);
});

test('one answer in between keeps the pass going', async () => {
  const world = worldWith(1, 20, 'healthy');
  const it = await surveying(world, { concurrency: 1 });
  await it.pass({ discover: true });
  it.answer(({ path }) => (/\/cluster-\d*[1-4]\//.test(path) ? 'destroy' : undefined));
  const report = await it.pass();
  const reasons = Object.values(ends(world, report.backups));
  expect(reasons.filter((it) => it === 'read')).toHaveLength(12);
  expect(it.asked()).not.toContain('/groups');
});

test('a poll that is stopped fails what is left at once', async () => {
  const world = worldWith(1, 20, 'healthy');
  const it = await surveying(world, { concurrency: 2 });
  await it.pass({ discover: true });
  const stopping = new AbortController();
  let answered = 0;
  it.answer(() => {
    answered += 1;
    if (answered === 5) stopping.abort();
    return undefined;
  });
  const report = await it.pass({ signal: stopping.signal });
  const reasons = Object.values(ends(world, report.backups));
  expect(reasons.filter((it) => it === 'read').length).toBeLessThanOrEqual(5);
  expect(reasons.filter((it) => it === 'timeout').length).toBeGreaterThanOrEqual(15);
  expect(it.simulator.requestLog.total).toBeLessThan(12);
});

test('an account whose first call is not answered fails as such, and nothing else is asked', async () => {
  const world = worldWith(1, 1, 'healthy');
  const it = await surveying(world);
  it.simulator.intercept(() => 'destroy');
  const report = await it.pass({ discover: true });
  expect(ends(world, report.projects)).toEqual({ 'account-1': 'network' });
  expect([report.clusters.size, report.backups.size]).toEqual([0, 0]);
  expect(it.asked().every((path) => path === '/groups')).toBe(true);
});
