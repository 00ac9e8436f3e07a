import { expect, test } from 'vitest';
import type { Simulator } from '../../../src/simulator/server.ts';
import { get, plainGet, simulated } from '../client.ts';
import { G, world } from '../project.ts';

const put = async ({ url }: Simulator, body: string) => {
  const response = await fetch(`${url}/-/faults`, { method: 'PUT', body });
  return { status: response.status, text: await response.text() };
};

test('faults are switched on and off while the simulator runs', async () => {
  const simulator = await simulated(world());
  expect(await put(simulator, 'status=418@/groups, sunset')).toEqual({
    status: 200,
    text: 'status=418@/groups\nsunset\n',
  });
  expect((await plainGet(`${simulator.url}/-/faults`)).text).toBe('status=418@/groups\nsunset\n');
  expect((await get(simulator, '/groups')).status).toBe(418);
  const clusters = await get(simulator, `${G}/clusters`);
  expect([clusters.status, clusters.headers.has('sunset')]).toEqual([200, true]);
  await put(simulator, '');
  expect((await get(simulator, '/groups')).status).toBe(200);
});

test('a text that is no fault changes nothing', async () => {
  const simulator = await simulated(world());
  await put(simulator, 'status=418');
  expect(await put(simulator, 'hang, nonsense')).toEqual({
    status: 400,
    text: '"nonsense": unknown fault\n',
  });
  expect(simulator.faults.active).toEqual(['status=418']);
});

test('only this machine may switch faults, and only by PUT', async () => {
  const simulator = await simulated(world());
  const posted = await fetch(`${simulator.url}/-/faults`, { method: 'POST', body: 'hang' });
  expect(posted.status).toBe(405);
  expect(simulator.faults.active).toEqual([]);
});

test('a share of the requests meets a fault, the same ones in every run', async () => {
  const statuses = async () => {
    const simulator = await simulated(world());
    simulator.faults.set('status=418:0.3');
    const all: number[] = [];
    for (let n = 0; n < 60; n += 1) all.push((await get(simulator, '/groups')).status);
    return all;
  };
  const first = await statuses();
  const met = first.filter((status) => status === 418).length;
  expect(met).toBeGreaterThan(8);
  expect(met).toBeLessThan(30);
  expect(await statuses()).toEqual(first);
});
