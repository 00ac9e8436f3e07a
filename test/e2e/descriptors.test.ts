import { Agent, get } from 'node:http';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test, vi } from 'vitest';
import { systemClock } from '../../src/domain/time.ts';
import { generatedWorld } from '../../src/simulator/world/generated-world.ts';
import { valuesOf } from './samples.ts';
import { servedProgram } from './served-program.ts';
import { accountText, scrapeOf, startedAtlas } from './serving.ts';

const world = generatedWorld({ seed: 'descriptors', projects: 1, clusters: 4 }, systemClock());
const main = fileURLToPath(new URL('hurried-main.ts', import.meta.url));
const limit = 64;
const within = ['/bin/sh', '-c', `ulimit -n ${limit} && exec "$@"`, 'sh'];

/**
 * Clients that hold a connection each and come again when it is closed, until they are told to go.
 * `full` resolves when one is sent away.
 */
function crowd(count: number, port: number) {
  const sockets = new Set<Socket>();
  const sentAway = Promise.withResolvers<void>();
  let stays = true;
  const come = () => {
    if (!stays) return;
    const socket = connect(port, '127.0.0.1');
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      sockets.delete(socket);
      sentAway.resolve();
      setTimeout(come, 10);
    });
  };
  for (let n = 0; n < count; n += 1) come();
  const go = () => {
    stays = false;
    for (const socket of sockets) socket.destroy();
  };
  onTestFinished(go);
  return { full: sentAway.promise, go };
}

/** Pages that all come by one connection, which is there before the crowd. */
function keptConnection(url: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  onTestFinished(() => agent.destroy());
  return () =>
    new Promise<string>((resolve, reject) => {
      get(url, { agent }, (answer) => text(answer).then(resolve, reject)).on('error', reject);
    });
}

const succeeds = (page: string) => valuesOf(page, 'exporter_poll_success')[0] === 1;
const patience = { timeout: 10_000, interval: 20 };

test('without a free file descriptor polls fail, scrapes are answered, and it passes by itself', async () => {
  const atlas = await startedAtlas({ world });
  // So that every poll needs new connections.
  atlas.intercept(async (request) => {
    const answer = await request.atlas();
    return { ...answer, headers: { ...answer.headers, Connection: 'close' } };
  });
  const hurried = { main, within, env: { INTERVAL_SECONDS: '0.1' } };
  const { program, url } = await servedProgram(accountText(atlas.url), hurried);
  const page = keptConnection(`${url}/metrics`);
  const before = await page();
  expect(succeeds(before)).toBe(true);

  const { full, go } = crowd(2 * limit, Number(new URL(url).port));
  await full;
  // Each page asks for a poll.
  await vi.waitFor(async () => {
    await page();
    expect(program.stderr()).toContain('EMFILE');
  }, patience);
  const during = await page();
  expect(succeeds(during)).toBe(false);
  for (const family of ['exporter_build_info', 'snapshot_last_completed_timestamp_seconds']) {
    expect(valuesOf(during, family)).toEqual(valuesOf(before, family));
  }

  go();
  await vi.waitFor(async () => expect(succeeds(await page())).toBe(true), patience);
  expect((await scrapeOf(`${url}/metrics`)).status).toBe(200);
  program.kill('SIGTERM');
  expect(await program.ended).toMatchObject({ code: 0 });
});
