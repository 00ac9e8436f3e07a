import { newClient } from '../client.ts';
import { type Exporter, startExporter } from '../exporter.ts';
import type { Fleet } from '../fleet.ts';
import { type Lab, type Size, sizeName } from '../lab.ts';
import { peakMiB } from '../processes.ts';
import { figure, median, ratios } from '../stats.ts';
import { type GoPoll, type GoPolled, startGoPoll } from './go-poll.ts';

const latencyMs = 80;
/** Further apart than anything here takes, so that no scrape starts a poll of its own. */
const often = { interval: '5m', poll: 'discovery_interval: 5m' } as const;
const laterMs = 301_000;
const scrapesAPoll = 7;
/** With the first one, over so many polls is the peak of memory taken. */
const pollsToPeak = 3;

/** P1 to P4 and M2: one exporter of each size, which polls again and again, and its peers between. */
export async function polls(lab: Lab): Promise<void> {
  if (!lab.wants('P1', 'P2', 'P3', 'P4', 'M2')) return;
  const found = [];
  for (const size of lab.sizes) {
    const onlyGo = !lab.wants('P1', 'P3', 'P4', 'M2');
    if (!onlyGo || size === lab.sizes.at(-1)) found.push(await polled(lab, size));
  }
  if (lab.wants('P4')) {
    lab.measured(
      'P4',
      'a nonce',
      found.map(({ refused, nonces }) => refused / nonces),
    );
    lab.measured(
      'P4',
      'a process',
      found.map(({ refused }) => refused),
    );
  }
}

async function polled(lab: Lab, size: Size) {
  const fleet = await lab.fleet(size);
  const { replay, concurrency } = fleet;
  const [refusedBefore = 0, noncesBefore = 0] = await replay.ask({ ask: 'nonces' });
  const exporter = await startExporter({ atlas: fleet.url, concurrency, ...often });
  // The short form has no time to wait for Atlas, and measures no walls.
  await fleet.latency(lab.short ? 0 : latencyMs);
  const client = newClient(exporter.metrics);
  const besideGo = lab.wants('P2') && size === lab.sizes.at(-1);
  const rounds = lab.short ? 5 : 4;
  const found: Found = { taken: [], go: [], parsing: [], concurrency };
  let [goPoll, peak]: [GoPoll | undefined, number] = [undefined, Number.NaN];
  let [refused, nonces] = [0, 0];
  for (let round = 1; round <= rounds; round += 1) {
    lab.say(`polls ${sizeName(size)}, ${round} of ${rounds}`);
    for (let time = 0; time < scrapesAPoll; time += 1) await client.scrape();
    const [refusedAt = 0, noncesAt = 0] = await replay.ask({ ask: 'nonces' });
    found.taken.push(await onePoll(exporter, fleet));
    const [refusedNow = 0, noncesNow = 0] = await replay.ask({ ask: 'nonces' });
    refused += refusedNow - (round === 1 ? refusedBefore : refusedAt);
    nonces += noncesNow - (round === 1 ? noncesBefore : noncesAt);
    if (round + 1 === pollsToPeak) {
      for (let time = 0; time < scrapesAPoll; time += 1) await client.scrape();
      peak = peakMiB(exporter.process);
    }
    if (lab.wants('P3')) found.parsing.push(...(await replay.ask({ ask: 'parse' })));
    if (besideGo) {
      goPoll ??= await startGoPoll(lab, fleet);
      if (goPoll !== undefined) found.go.push(await goPoll.poll());
    }
  }
  await replay.ask({ ask: 'alter' });
  const changed = await onePoll(exporter, fleet);
  client.close();
  await goPoll?.stop();
  await exporter.stop();
  await fleet.latency(0);
  report(lab, size, found);
  lab.note(
    `A poll of ${sizeName(size)} in which most listings have changed: ${changed.cpuMs.toFixed(0)} ms of CPU.`,
  );
  if (lab.wants('M2')) lab.measured('M2', sizeName(size), [peak]);
  return { refused, nonces };
}

type Poll = {
  readonly wallMs: number;
  readonly cpuMs: number;
  /** Of it, after Atlas's last answer: mostly the rendering of the page. */
  readonly endCpuMs: number;
  readonly requests: number;
};

async function onePoll(exporter: Exporter, { replay }: Fleet): Promise<Poll> {
  await replay.ask({ ask: 'begin' });
  await exporter.ask({ ask: 'watch cpu' });
  const { wallMs } = await exporter.poll(laterMs);
  const series = await exporter.ask({ ask: 'cpu series' });
  const [cpuAfter = 0] = await exporter.ask({ ask: 'cpu' });
  const [requests = 0, , lastAt = 0] = await replay.ask({ ask: 'requestLog' });
  const points = Array.from({ length: series.length / 2 }, (_, n) => ({
    at: series[2 * n] ?? 0,
    cpu: series[2 * n + 1] ?? 0,
  }));
  const atLastAnswer = points.findLast(({ at }) => at <= lastAt)?.cpu ?? cpuAfter;
  const cpuMs = cpuAfter - (points[0]?.cpu ?? 0);
  return { wallMs, cpuMs, endCpuMs: cpuAfter - atLastAnswer, requests };
}

type Found = {
  readonly taken: Poll[];
  readonly go: GoPolled[];
  readonly parsing: number[];
  readonly concurrency: number;
};

function report(lab: Lab, size: Size, { taken, go, parsing, concurrency }: Found): void {
  const name = sizeName(size);
  const timesIdeal = ({ wallMs, requests }: Pick<Poll, 'wallMs' | 'requests'>) =>
    wallMs / ((requests * latencyMs) / concurrency);
  const cpu = taken.map(({ cpuMs }) => cpuMs);
  const goCpu = go.map(({ cpuMs }) => cpuMs);
  const part = `${name}, ${concurrency} at a time`;
  if (lab.wants('P1') && lab.short) lab.skipped('P1', part, 'the short form does not wait');
  else if (lab.wants('P1')) lab.measured('P1', part, taken.map(timesIdeal));
  if (go.length > 0) lab.measured('P2', '', ratios(cpu, goCpu));
  if (lab.wants('P3')) lab.measured('P3', name, ratios(cpu, parsing));

  const endMs = median(taken.map(({ endCpuMs }) => endCpuMs));
  const requests = median(taken.map((poll) => poll.requests));
  lab.note(
    `A poll of ${name}: ${figure(requests)} requests, ${figure(median(cpu))} ms of CPU, ${figure(endMs)} of them after the last answer of Atlas.`,
  );
  if (parsing.length > 0)
    lab.note(`JSON.parse of its bodies alone: ${figure(median(parsing))} ms.`);
  if (go.length === 0) return;
  const reading = taken.map(({ cpuMs, endCpuMs }) => cpuMs - endCpuMs);
  lab.note(
    `The same requests in Go: ${figure(median(goCpu))} ms of CPU, ${figure(median(go.map((one) => timesIdeal({ ...one, requests }))))} times the ideal time. Up to the last answer, the poll takes ${figure(median(ratios(reading, goCpu)))} of Go's CPU.`,
  );
}
