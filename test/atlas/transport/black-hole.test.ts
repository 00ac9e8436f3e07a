import { once } from 'node:events';
import { connect } from 'node:net';
import { Worker } from 'node:worker_threads';
import { expect, onTestFinished, test } from 'vitest';
import { stopwatch } from '../../stopwatch.ts';
import { failureOf, wired } from './wire.ts';

/** Listens and never accepts: once its queue is full, the system drops whoever knocks. */
const deaf = `
  const { createServer } = require('node:net');
  const { parentPort } = require('node:worker_threads');
  const server = createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
    parentPort.postMessage(server.address().port);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  });`;

/** The origin of a server that packets to connect vanish at. */
async function blackHole(): Promise<string> {
  const worker = new Worker(deaf, { eval: true });
  onTestFinished(async () => void (await worker.terminate()));
  const [port]: number[] = await once(worker, 'message');
  const waiting = Array.from({ length: 4 }, () => connect(port ?? 0, '127.0.0.1'));
  onTestFinished(() => {
    for (const socket of waiting) socket.destroy();
  });
  await Promise.all(waiting.slice(0, 2).map((socket) => once(socket, 'connect')));
  return `http://127.0.0.1:${port}`;
}

test.skipIf(process.platform !== 'linux')(
  'where packets vanish, connecting ends after five seconds, whatever a request may take',
  async () => {
    const origin = await blackHole();
    const spent = stopwatch();
    expect(await failureOf(wired(origin, [], { timeoutMs: 30_000 }).get())).toMatchObject({
      reason: 'timeout',
      code: 'UND_ERR_CONNECT_TIMEOUT',
    });
    const seconds = spent().idle / 1000;
    expect(seconds).toBeGreaterThan(4.5);
    expect(seconds).toBeLessThan(8);
  },
);
