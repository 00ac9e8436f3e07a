import { type Client, newClient } from '../client.ts';
import { startExporter } from '../exporter.ts';
import type { Lab } from '../lab.ts';
import { familiesFile, startClientGolang } from '../peer.ts';
import { median, ratios } from '../stats.ts';

const scrapersAtOnce = 4;
const lastsMs = 3_000;
const rounds = 5;

/** S8: several scrapers that never rest. */
export async function scrapers(lab: Lab): Promise<void> {
  if (!lab.wants('S8')) return;
  const go = await lab.go();
  if (go.kind === 'missing') return lab.skipped('S8', '', go.why);
  const fleet = await lab.fleet(1_000);
  const exporter = await startExporter({ ...fleet, atlas: fleet.url });
  const one = newClient(exporter.metrics);
  const families = await familiesFile((await one.body()).toString());
  one.close();
  const peer = await startClientGolang(go.exporter, families);
  lab.say(`${scrapersAtOnce} scrapers at once`);
  const [ours, theirs]: [number[], number[]] = [[], []];
  for (let round = -1; round < rounds; round += 1) {
    const measured = [await rate(exporter.metrics), await rate(peer.metrics)] as const;
    if (round < 0) continue;
    ours.push(measured[0]);
    theirs.push(measured[1]);
  }
  await exporter.stop();
  await peer.stop();
  lab.measured('S8', '', ratios(ours, theirs));
  lab.note(
    `Scrapes a second with ${scrapersAtOnce} scrapers: ${median(ours).toFixed(0)}, client_golang ${median(theirs).toFixed(0)}.`,
  );
}

/** Scrapes answered a second. */
async function rate(url: string): Promise<number> {
  const clients = Array.from({ length: scrapersAtOnce }, () => newClient(url));
  const until = performance.now() + lastsMs;
  const scraping = async (client: Client) => {
    let scrapes = 0;
    for (; performance.now() < until; scrapes += 1) await client.scrape();
    client.close();
    return scrapes;
  };
  const counts = await Promise.all(clients.map(scraping));
  return counts.reduce((sum, count) => sum + count, 0) / (lastsMs / 1000);
}
