import { nextSecond } from '../client.ts';
import { type Lab, type Size, sizeName } from '../lab.ts';
import { median, ratios } from '../stats.ts';
import { type Contenders, type Name, startContenders } from './contenders.ts';

/** What takes a millisecond is measured so many times a round. */
const timesQuick = 7;
const warmups = 50;

/** S1 to S5: a lone scraper, all contenders in turn. */
export async function scrapes(lab: Lab): Promise<void> {
  for (const size of lab.sizes) {
    const wanted = size === lab.sizes.at(-1) && lab.wants('S1', 'S3', 'S4', 'S5');
    if (!wanted && !(size === 1_000 && lab.wants('S2', 'S3', 'S4', 'S5'))) continue;
    const contenders = await startContenders(lab, size);
    lab.say(`scrapes ${sizeName(size)}: ${[...contenders.of.keys()].join(', ')}`);
    const rounds = lab.short ? 8 : size === 1_000 ? 30 : 12;
    const taken = await measured(contenders, rounds);
    for (const { client, stop } of contenders.of.values()) {
      client.close();
      await stop();
    }
    report(lab, size, taken, contenders.missing);
  }
}

type Taken = {
  /** Milliseconds of a scrape, a value a round. */
  readonly wallMs: readonly number[];
  /** Of the server, in the mean. */
  readonly cpuMs: number;
};

const nothing: Taken = { wallMs: [], cpuMs: Number.NaN };

function report(
  lab: Lab,
  size: Size,
  taken: ReadonlyMap<Name, Taken>,
  missing: string | undefined,
): void {
  const wallOf = (name: Name) => (taken.get(name) ?? nothing).wallMs;
  const kept = ratios(wallOf('cached'), wallOf('static'));
  if (lab.wants('S1') && size === lab.sizes.at(-1)) lab.measured('S1', '', kept);
  if (lab.wants('S2') && size === 1_000) lab.measured('S2', '', kept);
  const name = sizeName(size);
  const against = (id: 'S3' | 'S4' | 'S5', part: string, slow: Name, ours: Name) => {
    if (!lab.wants(id)) return;
    if (slow === 'client_golang' && missing !== undefined) lab.skipped(id, part, missing);
    else lab.measured(id, part, ratios(wallOf(slow), wallOf(ours)));
  };
  against('S3', name, 'client_golang', 'default');
  against('S4', name, 'prom-client', 'default');
  against('S5', `client_golang, ${name}`, 'client_golang', 'cached');
  against('S5', `prom-client, ${name}`, 'prom-client', 'cached');
  const list = [...taken].map(
    ([who, { wallMs, cpuMs }]) =>
      `${who} ${median(wallMs).toPrecision(3)} (${cpuMs.toPrecision(3)})`,
  );
  lab.note(`A scrape of ${name}, median ms, and CPU of the server: ${list.join(', ')}.`);
}

async function measured({ of }: Contenders, rounds: number): Promise<ReadonlyMap<Name, Taken>> {
  for (let warm = 0; warm < warmups; warm += 1) {
    for (const name of ['cached', 'static', 'default'] as const) {
      await of.get(name)?.client.scrape();
    }
  }
  // Those that take long are warm after two rounds.
  for (let round = 0; round < 2; round += 1) await oneRound(of);
  const before = [...of].map(([name, { cpuMs }]) => [name, cpuMs()] as const);
  const walls = new Map<Name, number[]>();
  const scrapes = new Map<Name, number>();
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, all] of await oneRound(of)) {
      walls.set(name, [...(walls.get(name) ?? []), median(all)]);
      scrapes.set(name, (scrapes.get(name) ?? 0) + all.length);
    }
  }
  return new Map(
    before.map(([name, cpuBefore]) => {
      const used = (of.get(name)?.cpuMs() ?? Number.NaN) - cpuBefore;
      const cpuMs = used / (scrapes.get(name) ?? Number.NaN);
      return [name, { wallMs: walls.get(name) ?? [], cpuMs }];
    }),
  );
}

/** Milliseconds of the scrapes of each contender. */
async function oneRound(of: Contenders['of']): Promise<ReadonlyMap<Name, readonly number[]>> {
  const round = new Map<Name, readonly number[]>();
  const once = async (name: Name) => {
    const one = of.get(name);
    if (one !== undefined) round.set(name, [...(round.get(name) ?? []), await one.client.scrape()]);
  };
  if (of.has('default')) {
    // A second scrape would share its page.
    await nextSecond();
    await once('default');
  }
  for (let time = 0; time < timesQuick; time += 1) {
    await once('cached');
    await once('static');
  }
  await once('client_golang');
  await once('prom-client');
  return round;
}
