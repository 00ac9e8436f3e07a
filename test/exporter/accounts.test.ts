import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { endpoints } from '../../src/atlas/endpoints.ts';
import { realTiming } from '../../src/atlas/transport/timing.ts';
import { systemClock } from '../../src/domain/time.ts';
import { closeAccounts, type OpenAccount, openAccounts } from '../../src/exporter/accounts.ts';
import { account, configOrThrow, load } from '../config/loading.ts';

const nothing = () => undefined;
const surroundings = {
  observer: {
    exchanged: nothing,
    retried: nothing,
    throttled: nothing,
    rateLimit: nothing,
    sunset: nothing,
    atlasClock: nothing,
  },
  log: { debug: nothing, info: nothing, warn: nothing, error: nothing },
  clock: systemClock,
  timing: realTiming,
};

async function opened(text: string, before?: readonly OpenAccount[]) {
  return openAccounts(configOrThrow(await load(text)), surroundings, before);
}

test('an account of other filters keeps its connection, one of another secret does not', async () => {
  const before = await opened(account);
  const filtered = await opened(`${account}    projects: { exclude: [sandbox] }\n`, before);
  expect(filtered[0]?.client).toBe(before[0]?.client);
  expect(filtered[0]?.selectsProject({ id: 'p', name: 'sandbox', orgId: 'o' })).toBe(false);
  const rotated = await opened(account.replace('canary-', 'another-'), before);
  expect(rotated[0]?.client).not.toBe(before[0]?.client);
  const slower = await opened(`${account}poll: { request_timeout: 1m }\n`, before);
  expect(slower[0]?.client).not.toBe(before[0]?.client);
});

test('closing ends the connections that nobody has any more, and no other', async () => {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json').end('{"results":[]}');
  });
  onTestFinished(() => void server.close());
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const open = () =>
    new Promise<number>((resolve) => server.getConnections((_error, count) => resolve(count)));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const text = `${account}    base_url: ${url}\n`;
  const before = await opened(text);
  const patience = { signal: new AbortController().signal, deadlineMs: Number.POSITIVE_INFINITY };
  await before[0]?.client.list(endpoints.projects, {}, patience);
  const same = await opened(`${text}log: { level: debug }\n`, before);
  await closeAccounts(before, same);
  expect(await open()).toBe(1);
  await closeAccounts(same, await opened(account));
  await vi.waitFor(async () => expect(await open()).toBe(0), 5_000);
});
