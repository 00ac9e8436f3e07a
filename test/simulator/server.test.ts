import { describe, expect, test } from 'vitest';
import { startSimulator } from '../../src/simulator/server.ts';
import { demoWorld } from '../../src/simulator/world/demo-world.ts';
import { get, plainGet, simulated, standingClock, start } from './client.ts';

const world = demoWorld('server', start);

describe('the simulator', () => {
  test('answers with the date of its world', async () => {
    const time = standingClock();
    const simulator = await simulated(world, { clock: time.clock });
    expect((await get(simulator, '/groups')).headers.get('date')).toBe(
      'Wed, 12 Aug 2026 10:00:00 GMT',
    );
    time.set(start + 3600);
    const later = await get(simulator, '/groups');
    expect(later.headers.get('date')).toBe('Wed, 12 Aug 2026 11:00:00 GMT');
    expect(later.headers.get('server')).toBe('mdbws');
  });

  test('shows more snapshots as its clock advances', async () => {
    const time = standingClock();
    const simulator = await simulated(world, { clock: time.clock });
    const path = `/groups/${world.projects[0]?.id}/clusters/ledger/backup/snapshots`;
    const newest = async () => (await get(simulator, path)).json.results[0];
    const before = await newest();
    time.set(start + 85);
    const begun = await newest();
    expect(begun.id).not.toBe(before.id);
    expect(['queued', 'inProgress']).toContain(begun.status);
    time.set(start + 900);
    expect(await newest()).toMatchObject({ id: begun.id, status: 'completed' });
  });

  test('lets a test answer in its place, or cut the connection', async () => {
    const simulator = await simulated(world);
    simulator.intercept(({ method, path, query, authorised }) => {
      if (!authorised) return undefined;
      if (query.get('pageNum') === '2') return 'destroy';
      expect([method, path]).toEqual(['GET', '/api/atlas/v2/groups']);
      return { status: 503, headers: { 'Retry-After': '7', 'Set-Cookie': ['a', 'b'] }, body: 'no' };
    });
    const answer = await get(simulator, '/groups');
    expect([answer.status, answer.text, answer.headers.get('retry-after')]).toEqual([
      503,
      'no',
      '7',
    ]);
    await expect(get(simulator, '/groups?pageNum=2')).rejects.toThrow('fetch failed');
    simulator.intercept(({ authorised }) =>
      authorised ? { status: 200, body: '{"links":[]}', cutAfterBytes: 5 } : undefined,
    );
    await expect(get(simulator, '/groups')).rejects.toThrow('terminated');
    simulator.intercept(undefined);
    expect((await get(simulator, '/groups')).status).toBe(200);
  });

  test('keeps a log of what it was asked', async () => {
    const simulator = await simulated(world, { maxLoggedRequests: 2 });
    const { text } = await get(simulator, '/groups?itemsPerPage=2');
    await plainGet(simulator.url);
    const { requestLog } = simulator;
    expect(requestLog.entries[1]).toEqual({
      method: 'GET',
      path: '/api/atlas/v2/groups',
      query: 'itemsPerPage=2',
      status: 200,
      bytes: text.length,
    });
    expect([requestLog.total, requestLog.unauthorised, requestLog.byStatus.get(200)]).toEqual([
      3, 2, 1,
    ]);
    for (let n = 0; n < 5; n++) await plainGet(simulator.url);
    expect([requestLog.total, requestLog.entries.length <= 4]).toEqual([8, true]);
    requestLog.reset();
    expect([requestLog.total, requestLog.entries, requestLog.unauthorised]).toEqual([0, [], 0]);
  });

  test('rejects with the reason when its port is taken', async () => {
    const { url } = await simulated(world);
    const port = Number(new URL(url).port);
    await expect(startSimulator({ world, port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  test('closes at once, with the connections on which a client waits', async () => {
    const simulator = await startSimulator({ world });
    const arrived = new Promise<void>((resolve) => {
      simulator.intercept(() => {
        resolve();
        return { status: 200, delayMs: 60_000 };
      });
    });
    const waiting = expect(plainGet(simulator.url)).rejects.toThrow('fetch failed');
    await arrived;
    await simulator.close();
    await waiting;
    await expect(plainGet(simulator.url)).rejects.toThrow('fetch failed');
  });
});
