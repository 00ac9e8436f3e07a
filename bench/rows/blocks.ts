import { newClient, nextSecond } from '../client.ts';
import { type Exporter, startExporter } from '../exporter.ts';
import { startFleet } from '../fleet.ts';
import type { Lab } from '../lab.ts';

/** Not so often that scrapes start a poll. */
const often = { interval: '5m', poll: 'discovery_interval: 5m' } as const;
const laterMs = 301_000;

/** S6 and S7: how long the event loop is held up. */
export async function blocks(lab: Lab): Promise<void> {
  if (!lab.wants('S6', 'S7')) return;
  const rounds = lab.short ? 2 : 5;
  const scrapesARound = lab.short ? 2 : 5;
  const fleet = await lab.fleet(lab.sizes.at(-1) ?? 1_000);
  const exporter = await startExporter({ ...fleet, atlas: fleet.url, ...often });
  const [page, status] = [newClient(exporter.metrics), newClient(`${exporter.url}/`)];
  if (lab.wants('S6')) {
    lab.say('blocks by scrapes');
    const scrape = async () => {
      for (let time = 0; time < scrapesARound; time += 1) {
        await nextSecond();
        await page.scrape();
      }
    };
    lab.measured('S6', '', await longest(exporter, rounds, scrape));
  }
  if (lab.wants('S7')) {
    lab.say('blocks by polls and by the status page');
    const look = async () => void (await status.body());
    lab.measured('S7', 'the status page', await longest(exporter, rounds, look));
    const poll = async () => void (await exporter.poll(laterMs));
    lab.measured('S7', 'a poll and its page', await longest(exporter, rounds, poll));
  }
  page.close();
  status.close();
  await exporter.stop();
  if (lab.wants('S7')) await largeListings(lab, rounds);
}

async function largeListings(lab: Lab, rounds: number): Promise<void> {
  lab.say('blocks by listings of 500 snapshots');
  const size = { clusters: 50, projects: 5, snapshots: 500, concurrency: 10 };
  const fleet = await startFleet(size);
  const exporter = await startExporter({ ...fleet, atlas: fleet.url, ...often });
  const poll = async () => void (await exporter.poll(laterMs));
  lab.measured('S7', 'listings of 500 snapshots', await longest(exporter, rounds, poll));
  await exporter.stop();
  await fleet.stop();
}

/** Milliseconds of the longest block of each round, the first one apart, which warms up. */
async function longest(
  { ask }: Exporter,
  rounds: number,
  work: () => Promise<void>,
): Promise<readonly number[]> {
  const found: number[] = [];
  for (let round = -1; round < rounds; round += 1) {
    await ask({ ask: 'watch blocks' });
    await work();
    const [ms = Number.NaN] = await ask({ ask: 'longest block' });
    if (round >= 0) found.push(ms);
  }
  return found;
}
