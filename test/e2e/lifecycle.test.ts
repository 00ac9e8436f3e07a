import { writeFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { systemClock } from '../../src/domain/time.ts';
import { demoWorld } from '../../src/simulator/world/demo-world.ts';
import { emptyFolder, type Program, startedProgram } from './program.ts';
import { servedProgram } from './served-program.ts';
import { accountText, scrapeOf, startedAtlas } from './serving.ts';

const world = demoWorld('lifecycle', systemClock());

/** The real program beside a simulated Atlas that takes its time. */
async function served(latencyMs: number, format: 'json' | 'logfmt' = 'json') {
  const atlas = await startedAtlas({ world, latencyMs });
  const log = `log: { level: debug, format: ${format} }`;
  const { program, url } = await servedProgram(accountText(atlas.url, log));
  return { atlas, program, url };
}

/** How the program ended, and how many seconds after the signal. */
async function terminated(program: Program, signal: NodeJS.Signals = 'SIGTERM') {
  const signalledAt = performance.now();
  program.kill(signal);
  const { code } = await program.ended;
  return { code, seconds: (performance.now() - signalledAt) / 1000 };
}

/** Leaves a connection open on which half a request was sent, and is there for the server by then. */
async function halfRequest(url: string): Promise<void> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname, () => socket.write('GET /metrics HTTP/1.1\r\n'));
  socket.on('error', () => undefined);
  onTestFinished(() => void socket.destroy());
  await scrapeOf(`${url}/metrics`);
}

describe('the program', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)(
    'ends with 0 within 5 seconds of %s, between polls',
    async (signal) => {
      const { program, url } = await served(0);
      expect((await scrapeOf(`${url}/metrics`)).status).toBe(200);
      const { code, seconds } = await terminated(program, signal);
      expect(code).toBe(0);
      expect(seconds).toBeLessThan(5);
    },
  );

  test('ends with 0 during a poll, and gives a scrape that waits for it what is known', async () => {
    const { atlas, program, url } = await served(30_000);
    const waiting = scrapeOf(`${url}/metrics`, { 'X-Prometheus-Scrape-Timeout-Seconds': '60' });
    // The scrape waits once the exporter answers other requests that came after it.
    await scrapeOf(`${url}/-/ready`);
    const { code, seconds } = await terminated(program);
    expect(code).toBe(0);
    expect(seconds).toBeLessThan(5);
    const { status, text } = await waiting;
    expect(status).toBe(200);
    expect(text).toContain('mongodbatlas_backup_exporter_poll_success 0\n');
    expect(text.endsWith('\n')).toBe(true);
    await atlas.close();
  });

  test('ends with 0 though a client has sent half a request and no more', async () => {
    const { program, url } = await served(0);
    await halfRequest(url);
    const { code, seconds } = await terminated(program);
    expect(code).toBe(0);
    expect(seconds).toBeLessThan(5);
  });

  test('ends at once at a second signal', async () => {
    const { program, url } = await served(0);
    await halfRequest(url);
    program.kill('SIGTERM');
    await vi.waitFor(() => expect(program.stderr()).toContain('stopping'), 5_000);
    const { code, seconds } = await terminated(program);
    expect(code).toBe(1);
    // Without one the half request would hold it up for three.
    expect(seconds).toBeLessThan(2.5);
  });

  test.each(['json', 'logfmt'] as const)(
    'goes on when the reader of its log in %s has gone',
    async (format) => {
      const { program, url } = await served(100, format);
      program.closeStderr();
      // Waits for the first poll, whose end is logged.
      expect((await scrapeOf(`${url}/metrics`)).status).toBe(200);
      expect((await scrapeOf(`${url}/metrics`)).status).toBe(200);
      expect((await terminated(program)).code).toBe(0);
    },
  );

  test('says in one line that its port is taken, and asks Atlas nothing', async () => {
    const atlas = await startedAtlas({ world });
    const folder = await emptyFolder();
    await writeFile(join(folder, 'config.yaml'), accountText(atlas.url));
    const occupant = createServer();
    onTestFinished(() => void occupant.close());
    await new Promise<void>((listening) => occupant.listen(0, '127.0.0.1', listening));
    const address = `127.0.0.1:${(occupant.address() as AddressInfo).port}`;
    const program = startedProgram(['--web.listen-address', address], { cwd: folder });
    expect(await program.ended).toMatchObject({
      code: 1,
      stdout: '',
      stderr: `cannot listen on ${address}: address already in use\n`,
    });
    expect(atlas.requestLog.total).toBe(0);
  });
});
