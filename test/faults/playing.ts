import type { Exporter } from '../../src/exporter/exporter.ts';
import { requestedFaults } from '../../src/simulator/faults/specification.ts';
import type { World } from '../../src/simulator/world/world.ts';
import { parsed } from '../metrics/exposition.ts';
import { pageBytes } from '../metrics/page-bytes.ts';
import { fleetSeries } from '../oracle/comparison.ts';
import { type Series, seriesKey } from '../oracle/series.ts';
import { simulated } from '../simulator/client.ts';
import { type Spent, stopwatch } from '../stopwatch.ts';
import { type Gate, gateTo } from './gate.ts';
import type { Row } from './row.ts';
import {
  canaries,
  configFor,
  exporterOf,
  newTimes,
  pathOf,
  smallWorld,
  type Times,
} from './setting.ts';

/** What one poll showed. */
export type Seen = {
  readonly at: number;
  /** What the page says of Atlas, and what the exporter says of itself. */
  readonly fleet: Series;
  /**
   * When collectors read each cluster: at their own cadence, so that two exporters which began at
   * different times rightly differ in it.
   */
  readonly collectors: Series;
  readonly own: Series;
  readonly text: string;
  /** While the poll ran. */
  readonly meanwhile: { readonly fleet: Series; readonly spent: Spent };
  /** The page just before it, at the same time. */
  readonly before: Series;
  readonly requests: readonly string[];
  readonly bytes: number;
  readonly spent: Spent;
  readonly monotonicSeconds: number;
};

export const defaultStep = 3_700;

/** An exporter that reads a small Atlas through a gate, and the fault of a row to switch. */
export async function play(
  row: Pick<Row, 'by' | 'timeoutMs' | 'stepSeconds' | 'fault' | 'at'>,
  afterSeconds = 0,
) {
  const times = newTimes();
  times.pass(afterSeconds);
  const { simulator, gate } = await gatedAtlas(smallWorld(), times);
  const { exporter, logged } = await exporterOf(await configFor(gate.url, row), times);
  return {
    logged,
    simulator,
    breakIt: async () => {
      const { fault, at } = row;
      const path = pathOf[at];
      if (fault === 'refused connections') await gate.shut();
      else if (typeof fault === 'string') simulator.faults.set(`${fault}@${path}`);
      else {
        const end = requestedFaults(`hang@${path}`)[0]?.path ?? /$/;
        if ('bytes' in fault) gate.meddle({ path: end, answer: fault.bytes() });
        else {
          const answer = fault.answer();
          simulator.intercept((asked) =>
            end.test(asked.path) && (asked.authorised || at === 'token')
              ? answer(asked)
              : undefined,
          );
        }
      }
    },
    mendIt: async () => {
      if (row.fault === 'refused connections') await gate.open();
      simulator.faults.set('');
      simulator.intercept(undefined);
      gate.meddle(undefined);
    },
    poll: polling(exporter, times, gate, row.stepSeconds),
  };
}

/** A simulated Atlas, and the gate before it. */
export async function gatedAtlas(world: World, times: Times) {
  const simulator = await simulated(world, {
    clock: times.wall,
    realClock: times.monotonic,
    rateLimits: 'off',
    apiKeys: [canaries],
    serviceAccounts: [canaries],
    maxLiveTokens: 1_000,
  });
  return { simulator, gate: await gateTo(simulator.url) };
}

/** Polls an exporter, so many seconds after the poll before, and tells what that showed. */
export function polling(
  exporter: Exporter,
  times: Times,
  gate: Gate,
  stepSeconds = defaultStep,
): () => Promise<Seen> {
  let polls = 0;
  return async () => {
    if (polls > 0) times.pass(stepSeconds);
    polls += 1;
    const sent = { requests: gate.requests.length, bytes: gate.bytes() };
    const before = (await pageOf(exporter)).fleet;
    const polled = await pollOnce(exporter, times);
    return {
      at: times.wall(),
      ...(await pageOf(exporter)),
      ...polled,
      before,
      requests: gate.requests.slice(sent.requests),
      bytes: gate.bytes() - sent.bytes,
    };
  };
}

async function pollOnce({ poller, ...exporter }: Exporter, times: Times) {
  const sinceStart = stopwatch();
  const monotonicFrom = times.monotonic();
  poller.refreshIfDue();
  const { fleet } = await pageOf({ poller, ...exporter });
  const meanwhile = { fleet, spent: sinceStart() };
  while (poller.inProgress()) await new Promise((resolve) => setTimeout(resolve, 2));
  return {
    meanwhile,
    spent: sinceStart(),
    monotonicSeconds: times.monotonic() - monotonicFrom,
  };
}

async function pageOf(exporter: Exporter) {
  const page = await exporter.page({ format: 'text', gzip: false });
  const text = pageBytes(page).toString();
  const samples = parsed(text, 'text').flatMap((family) => family.samples);
  const all = fleetSeries(samples);
  const isCadence = (key: string) => key.includes('_collector_refresh_');
  const fleet: Series = new Map([...all].filter(([key]) => !isCadence(key)));
  const collectors: Series = new Map([...all].filter(([key]) => isCadence(key)));
  const own = new Map(
    samples
      .map(({ name, labels, value }): [string, number] => [seriesKey(name, labels), value])
      .filter(([name]) => !all.has(name)),
  );
  return { fleet, collectors, own, text };
}

export type Truth = {
  /** Of one exporter that polls five times, by poll. */
  readonly polls: readonly Seen[];
  /** Of one that begins when the others poll for the fourth time. */
  readonly fresh: Seen;
};

/** What the page shows when nothing goes wrong. */
export async function truths(stepSeconds: number): Promise<Truth> {
  const honest = { fault: 'hang', at: 'everything', stepSeconds } as const;
  const it = await play(honest);
  const polls: Seen[] = [];
  for (let n = 0; n < 5; n += 1) polls.push(await it.poll());
  return { polls, fresh: await (await play(honest, 3 * stepSeconds)).poll() };
}
