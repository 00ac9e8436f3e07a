import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import { emptyFolder, startedProgram } from '../e2e/program.ts';
import { accountText, scrapeOf } from '../e2e/serving.ts';

const neverReaders = 200;
const slowSenders = 200;
const calmSeconds = 10;
const stormSeconds = 25;
const betweenScrapesMs = 100;

/** A client that comes again whenever it is thrown out. Returns what ends it. */
function stubborn(port: number, act: (socket: Socket) => void): () => void {
  let ended = false;
  let socket: Socket | undefined;
  const come = () => {
    if (ended) return;
    socket = connect(port, '127.0.0.1', () => socket && act(socket));
    socket.on('error', () => undefined);
    socket.on('close', () => setTimeout(come, 200));
  };
  const end = () => {
    ended = true;
    socket?.destroy();
  };
  onTestFinished(end);
  come();
  return end;
}

/** Asks for the whole page and takes nothing of it. */
function neverReads(socket: Socket): void {
  socket.pause();
  socket.write('GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n');
}

/** Sends a byte of its headers a second. */
function sendsSlowly(socket: Socket): void {
  const text = `GET /metrics HTTP/1.1\r\nHost: x\r\nX-Slow: ${'y'.repeat(100)}`;
  let sent = 0;
  const timer = setInterval(() => {
    socket.write(text[sent] ?? 'y');
    sent += 1;
  }, 1_000);
  socket.on('close', () => clearInterval(timer));
}

function residentMiB(pid: number): number {
  const kib = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kib) / 1024;
}

/** How long scrapes took, in milliseconds, and the most memory seen meanwhile. */
async function scraped(url: string, pid: number, seconds: number) {
  const times: number[] = [];
  let most = 0;
  for (const until = Date.now() + seconds * 1000; Date.now() < until; ) {
    const { status, seconds: took } = await scrapeOf(`${url}/metrics`);
    expect(status).toBe(200);
    times.push(took * 1000);
    most = Math.max(most, residentMiB(pid));
    await delay(betweenScrapesMs);
  }
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  return { count: times.length, median: at(0.5), p99: at(0.99), most };
}

test('400 clients of bad will move neither the normal scrape nor the memory by much', async () => {
  const fleet = ['--projects', '10', '--clusters', '1000', '--snapshots', '10'];
  const atlas = startedProgram(['simulate', '--listen-address', '127.0.0.1:0', ...fleet]);
  const folder = await emptyFolder();
  await writeFile(
    join(folder, 'config.yaml'),
    accountText(await atlas.printed(/(http:\/\/\S+)/), 'poll: { interval: 30s }'),
  );
  const exporter = startedProgram(['serve', '--web.listen-address', '127.0.0.1:0'], {
    cwd: folder,
  });
  const url = await vi.waitFor(() => {
    const found = /"url":"(http[^"]+)"/.exec(exporter.stderr())?.[1];
    if (found === undefined) throw new Error('it does not serve yet');
    return found;
  }, 10_000);
  await scrapeOf(`${url}/metrics`, { 'x-prometheus-scrape-timeout-seconds': '60' });

  const calm = await scraped(url, exporter.pid, calmSeconds);
  const { port } = new URL(url);
  const clients = [
    ...Array(neverReaders).fill(neverReads),
    ...Array(slowSenders).fill(sendsSlowly),
  ];
  const ends = clients.map((act) => stubborn(Number(port), act));
  await delay(1_000);
  const storm = await scraped(url, exporter.pid, stormSeconds);
  for (const end of ends) end();
  const again = await scraped(url, exporter.pid, calmSeconds);

  const told = ({ count, median, p99, most }: typeof calm) =>
    `${count} scrapes, median ${median.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms, ${most.toFixed(0)} MiB`;
  console.info(`calm: ${told(calm)}\nstorm: ${told(storm)}\ncalm: ${told(again)}`);
  expect(storm.count).toBeGreaterThan(50);
  // On a machine that others use, too, calm scrapes may take longer than that.
  expect(storm.p99).toBeLessThan(Math.max(250, 1.5 * Math.max(calm.p99, again.p99)));
  expect(storm.most - calm.most).toBeLessThan(100 / 1.048576);
});
