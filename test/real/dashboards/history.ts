import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { pino } from 'pino';
import { realTiming, type Timing } from '../../../src/atlas/transport/timing.ts';
import type { Config } from '../../../src/config/config.ts';
import type { Clock, UnixSeconds } from '../../../src/domain/time.ts';
import { type Exporter, newExporter } from '../../../src/exporter/exporter.ts';
import type { Interception } from '../../../src/simulator/interception.ts';
import { startSimulator } from '../../../src/simulator/server.ts';
import { demoWorld } from '../../../src/simulator/world/demo-world.ts';
import { accountText, configFrom } from '../../e2e/serving.ts';
import { standingClock } from '../../simulator/client.ts';
import { stampedPage } from './stamped.ts';

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** From one scrape to the next; each second one finds that a poll is due. */
export const stepSeconds = 15 * minute;
export const historySeconds = 7 * day;
export const job = 'mongodbatlas-backup-exporter';
export const externalUrl = 'https://backups.example.com';

/** The second replica came to be so long before the end, and the cluster cannot be read since. */
const lately = 8 * hour;
/** Nobody could read anything, so long before the end. */
const outage = { from: 3 * day, until: 3 * day - 5 * hour } as const;

const settings = [
  `poll: { interval: ${(2 * stepSeconds) / minute}m }`,
  `web: { external_url: "${externalUrl}" }`,
  'metrics: { policy_details: true }',
];

/**
 * Writes what Prometheus would have scraped in the week before `end` from two replicas of the
 * exporter and the demo's Atlas: real polls over HTTP, and real pages.
 */
export async function writeHistory(file: string, end: UnixSeconds): Promise<void> {
  const { clock, set } = standingClock(end - historySeconds);
  const world = demoWorld('history', end);
  // Its limits are counted in the same time.
  const atlas = await startSimulator({ world, clock, realClock: clock, maxLoggedRequests: 0 });
  const config = await configFrom(accountText(atlas.url, ...settings));
  const out = createWriteStream(file);
  const replicas: { readonly instance: string; readonly exporter: Exporter }[] = [];
  const join = async (instance: string) =>
    void replicas.push({ instance, exporter: await started(config, clock) });
  try {
    await join('exporter-0:10071');
    for (let at = clock(); at <= end; at += stepSeconds) {
      set(at);
      atlas.intercept(troubleAt(end - at));
      if (end - at === lately) await join('exporter-1:10071');
      for (const { instance, exporter } of replicas) {
        await polled(exporter);
        const page = await stampedPage(exporter, { job, instance }, at);
        if (!out.write(page)) await once(out, 'drain');
      }
    }
    out.end('# EOF\n');
    await once(out, 'finish');
  } finally {
    for (const { exporter } of replicas) await exporter.close();
    await atlas.close();
  }
}

/** What Atlas refuses so many seconds before the end. */
function troubleAt(before: number): Interception | undefined {
  const refused = { status: 403, body: '{}', headers: { 'content-type': 'application/json' } };
  if (before <= outage.from && before >= outage.until) return () => ({ ...refused, status: 500 });
  if (before > lately) return undefined;
  return ({ path }) => (path.includes('/clusters/billing/') ? refused : undefined);
}

function started(config: Config, clock: Clock): Promise<Exporter> {
  const timing: Timing = {
    ...realTiming,
    monotonicMs: () => clock() * 1000 + realTiming.monotonicMs(),
    // Nobody has to wait for a week that has passed.
    sleep: (ms, signal) => realTiming.sleep(Math.min(ms, 5), signal),
  };
  return newExporter({ config, log: pino({ level: 'silent' }), clock, timing });
}

async function polled({ poller }: Exporter): Promise<void> {
  poller.refreshIfDue();
  while (poller.inProgress()) await delay(1);
}
