import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../src/domain/time.ts';
import { generatedWorld } from '../../src/simulator/world/generated-world.ts';
import { World } from '../../src/simulator/world/world.ts';
import { servedProgram } from './served-program.ts';
import { accountText, scrapeOf, startedAtlas } from './serving.ts';

const generated = generatedWorld(
  { seed: 'killed', projects: 4, clusters: 500, snapshots: 1, scenarios: ['healthy'] },
  systemClock(),
);
/** Long names, so that the page is longer than what the system takes of it while nobody reads. */
const world = new World(
  generated.organisations,
  generated.projects.map((project) => ({ ...project, name: project.name.padEnd(250, '-') })),
  generated.projects.flatMap(({ id }) => generated.clusters(id)),
);
const minBytes = 5 * 2 ** 20;

/** The real program, once it has polled. */
async function served() {
  const atlas = await startedAtlas({ world, rateLimits: 'off' });
  const it = await servedProgram(accountText(atlas.url));
  await scrapeOf(`${it.url}/metrics`, { 'x-prometheus-scrape-timeout-seconds': '20' });
  return it;
}

/** Everything that comes on a connection; after the first piece `meanwhile` happens. */
async function received(url: string, headers: string, meanwhile: () => unknown): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  // From now on: a connection may be reset while nobody reads.
  const closed = new Promise((resolve) => socket.on('close', resolve));
  onTestFinished(() => void socket.destroy());
  socket.write(`GET /metrics HTTP/1.1\r\nHost: a\r\nConnection: close\r\n${headers}\r\n`);
  const pieces: Buffer[] = [];
  socket.on('data', (piece: Buffer) => pieces.push(piece));
  await once(socket, 'data');
  socket.pause();
  await meanwhile();
  socket.resume();
  await closed;
  return Buffer.concat(pieces).toString('latin1');
}

function parted(answer: string) {
  const end = answer.indexOf('\r\n\r\n') + 4;
  const announced = Number(/^content-length: (\d+)\r$/im.exec(answer.slice(0, end))?.[1]);
  return { announced, body: answer.slice(end) };
}

test('who is killed in the middle of an answer leaves one that is shorter than it says', async () => {
  const { program, url } = await served();
  for (const path of ['/', '/api/v1/clusters', '/-/healthy', '/-/ready', '/nowhere']) {
    const { headers } = await fetch(url + path);
    const chunked = headers.get('transfer-encoding') === 'chunked';
    expect(chunked || Number(headers.get('content-length')) > 0, path).toBe(true);
  }
  const whole = parted(await received(url, '', () => undefined));
  expect(whole.body).toHaveLength(whole.announced);
  expect(whole.announced).toBeGreaterThan(minBytes);
  const packed = parted(await received(url, 'Accept-Encoding: gzip\r\n', () => undefined));
  expect(packed.body).toHaveLength(packed.announced);
  // A line that is cut would be believed with the number that is left of it.
  expect(whole.body.endsWith('\n')).toBe(true);

  const client = await fetch(`${url}/metrics`, { headers: { 'accept-encoding': 'identity' } });
  const cut = await received(url, '', async () => {
    program.kill('SIGKILL');
    await program.ended;
  });
  const { announced, body } = parted(cut);
  expect(announced).toBeGreaterThan(0.99 * whole.announced);
  expect(body.length).toBeLessThan(announced);
  await expect(client.text().then(({ length }) => length)).rejects.toThrow('terminated');
});
