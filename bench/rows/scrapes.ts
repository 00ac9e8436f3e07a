import { type Client, newClient, nextSecond } from '../client.ts';
import { startExporter } from '../exporter.ts';
import { type Lab, type Size, sizeName } from '../lab.ts';
import { familiesFile, startClientGolang, startPromClient, startStatic } from '../peer.ts';
import { median, ratios } from '../stats.ts';

type Contender = 'default' | 'cached' | 'static' | 'client_golang' | 'prom-client';
type Times = Readonly<Record<Contender, readonly number[]>>;

const times = 7;

/** S1 to S5: a lone scraper, all contenders in turn. */
export async function scrapes(lab: Lab): Promise<void> {
  if (!lab.wants('S1', 'S2', 'S3', 'S4', 'S5')) return;
  for (const size of lab.sizes) {
    if (size === 10_000 && !lab.wants('S1', 'S3', 'S4', 'S5')) continue;
    const found = await scraped(lab, size);
    report(lab, size, found);
  }
}

function report(lab: Lab, size: Size, { times: of, missing }: Scraped): void {
  const kept = ratios(of.cached, of.static);
  if (lab.wants('S1') && size === lab.sizes.at(-1)) lab.measured('S1', '', kept);
  if (lab.wants('S2') && size === 1_000) lab.measured('S2', '', kept);
  const name = sizeName(size);
  const against = (id: 'S3' | 'S4' | 'S5', part: string, slow: Contender, ours: Contender) => {
    if (!lab.wants(id)) return;
    if (slow === 'client_golang' && missing !== undefined) lab.skipped(id, part, missing);
    else lab.measured(id, part, ratios(of[slow], of[ours]));
  };
  against('S3', name, 'client_golang', 'default');
  against('S4', name, 'prom-client', 'default');
  against('S5', `client_golang, ${name}`, 'client_golang', 'cached');
  against('S5', `prom-client, ${name}`, 'prom-client', 'cached');
  const all = Object.entries(of).filter(([, taken]) => taken.length > 0);
  const text = all.map(([who, taken]) => `${who} ${median(taken).toPrecision(3)} ms`).join(', ');
  lab.note(`A scrape of ${name}, median: ${text}.`);
}

type Scraped = { readonly times: Times; readonly missing: string | undefined };

async function scraped(lab: Lab, size: Size): Promise<Scraped> {
  const fleet = await lab.fleet(size);
  const stops: (() => unknown)[] = [];
  const exporter = async (relative: boolean) => {
    const started = await startExporter({ ...fleet, atlas: fleet.url, relative });
    stops.push(started.stop);
    return newClient(started.metrics);
  };
  const peer = async (starting: Promise<{ metrics: string; stop: () => unknown }>) => {
    const started = await starting;
    stops.push(started.stop);
    return newClient(started.metrics);
  };
  const clients = new Map<Contender, Client>();
  const cached = await exporter(false);
  const ages = await exporter(true);
  clients.set('cached', cached);
  clients.set('static', await peer(startStatic(await cached.body({ 'accept-encoding': 'gzip' }))));
  if (lab.wants('S3', 'S4')) clients.set('default', ages);
  const families = await familiesFile((await ages.body()).toString());
  const go = lab.wants('S3', 'S5') ? await lab.go() : undefined;
  if (go?.kind === 'built') {
    clients.set('client_golang', await peer(startClientGolang(go.exporter, families)));
  }
  if (lab.wants('S4', 'S5')) clients.set('prom-client', await peer(startPromClient(families)));

  lab.say(`scrapes ${sizeName(size)}: ${[...clients.keys()].join(', ')}`);
  const taken: Record<Contender, number[]> = {
    ...{ default: [], cached: [], static: [], client_golang: [], 'prom-client': [] },
  };
  for (let warm = 0; warm < 50; warm += 1) {
    await cached.scrape();
    await clients.get('static')?.scrape();
    await clients.get('default')?.scrape();
  }
  const rounds = lab.short ? 8 : size === 1_000 ? 30 : 12;
  // The first two warm up those that take long.
  for (let round = -2; round < rounds; round += 1) {
    for (const [who, measured] of await oneRound(clients))
      if (round >= 0) taken[who].push(measured);
  }
  for (const client of clients.values()) client.close();
  for (const stop of stops) await stop();
  return { times: taken, missing: go?.kind === 'missing' ? go.why : undefined };
}

async function oneRound(clients: ReadonlyMap<Contender, Client>) {
  const round = new Map<Contender, number>();
  const ages = clients.get('default');
  if (ages !== undefined) {
    await nextSecond();
    round.set('default', await ages.scrape());
  }
  // What takes a millisecond is measured several times; a scrape with ages would share its page.
  const quick = new Map<Contender, number[]>([
    ['cached', []],
    ['static', []],
  ]);
  for (let time = 0; time < times; time += 1) {
    for (const [who, all] of quick) all.push((await clients.get(who)?.scrape()) ?? Number.NaN);
  }
  for (const [who, all] of quick) round.set(who, median(all));
  for (const who of ['client_golang', 'prom-client'] as const) {
    const client = clients.get(who);
    if (client !== undefined) round.set(who, await client.scrape());
  }
  return round;
}
