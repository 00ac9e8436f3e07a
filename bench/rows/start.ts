import { writeFile } from 'node:fs/promises';
import { get } from 'node:http';
import { join } from 'node:path';
import { imageFlags } from '../../packaging/flags.ts';
import { pause } from '../client.ts';
import { configuration, program } from '../exporter.ts';
import type { Lab } from '../lab.ts';
import { freePort, newFolder } from '../places.ts';
import { cpuMs, start } from '../processes.ts';
import { figure, median, ratios } from '../stats.ts';

const bare = join(import.meta.dirname, '../peers/bare.mjs');

/** U1: from its start to its first answer. */
export async function startUp(lab: Lab): Promise<void> {
  if (!lab.wants('U1')) return;
  lab.say('starts');
  const fleet = await lab.fleet(1_000);
  const file = join(await newFolder(), 'config.yaml');
  await writeFile(file, configuration({ atlas: fleet.url }));
  const rounds = lab.short ? 7 : 15;
  const [ours, theirs]: [Start[], Start[]] = [[], []];
  // The first start fills whatever caches the program brings.
  for (let round = -2; round < rounds; round += 1) {
    const measured = [
      await firstAnswer((port) => [
        ...[...imageFlags, program, 'serve', '--config.file', file],
        ...['--web.listen-address', `127.0.0.1:${port}`],
      ]),
      await firstAnswer((port) => [bare, `${port}`]),
    ] as const;
    if (round < 0) continue;
    ours.push(measured[0]);
    theirs.push(measured[1]);
  }
  const walls = (starts: readonly Start[]) => starts.map(({ wallMs }) => wallMs);
  lab.measured('U1', '', ratios(walls(ours), walls(theirs)));
  const text = (starts: readonly Start[]) =>
    `${figure(median(walls(starts)))} (${figure(median(starts.map((one) => one.cpuMs)))})`;
  lab.note(
    `Start to first answer, median ms, and CPU: ${text(ours)}, node:http alone ${text(theirs)}.`,
  );
}

/** From the start to the first answer. */
type Start = { readonly wallMs: number; readonly cpuMs: number };

async function firstAnswer(args: (port: number) => readonly string[]): Promise<Start> {
  const port = await freePort();
  const from = performance.now();
  const process_ = start({
    file: process.execPath,
    args: args(port),
    env: { NODE_ENV: 'production' },
  });
  const deadlineMs = from + 30_000;
  while (!(await answers(port))) {
    if (performance.now() > deadlineMs) throw new Error('no answer in 30 seconds');
    await pause(2);
  }
  const taken = { wallMs: performance.now() - from, cpuMs: cpuMs(process_) };
  await process_.stop();
  return taken;
}

/** Does not wait for the first poll. */
const headers = { 'x-prometheus-scrape-timeout-seconds': '0.5' };

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    get({ port, path: '/metrics', headers, agent: false }, (response) => {
      response.resume().on('end', () => resolve(true));
    }).on('error', () => resolve(false));
  });
}
