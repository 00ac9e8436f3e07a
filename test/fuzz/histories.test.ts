import fc from 'fast-check';
import { expect } from 'vitest';
import type { Config } from '../../src/config/config.ts';
import type { Exporter } from '../../src/exporter/exporter.ts';
import type { Interception } from '../../src/simulator/interception.ts';
import { type Simulator, startSimulator } from '../../src/simulator/server.ts';
import { accountText, configFrom } from '../e2e/serving.ts';
import { newTimes, openExporter, type Times } from '../faults/setting.ts';
import { readRaw } from '../oracle/raw-replies.ts';
import { fuzz } from './fuzzing.ts';
import { type Event, histories, type Outage, type Selection } from './histories.ts';
import { type Model, newModel } from './model.ts';
import { checkPage, type Shown, shownOf } from './page.ts';
import { shiftingWorld } from './shifting-world.ts';

const everything: Selection = { withoutProject: undefined, withoutCluster: undefined };
const maxStaleness = 86_400;

function configOf(url: string, ids: readonly string[], select: Selection): Promise<Config> {
  const { withoutProject, withoutCluster } = select;
  const projects = withoutProject === undefined ? [] : [ids[withoutProject]];
  const clusters = withoutCluster === undefined ? [] : [`*/${withoutCluster}`];
  return configFrom(
    accountText(
      url,
      `    projects: { exclude: ${JSON.stringify(projects)} }`,
      `    clusters: { exclude: ${JSON.stringify(clusters)} }`,
      'poll: { interval: 5m, discovery_interval: 5m, max_staleness: 24h, concurrency: 4 }',
    ),
  );
}

function outageOf(outage: Outage, ids: readonly string[]): Interception | undefined {
  if (outage === 'none') return undefined;
  const pattern =
    outage === 'everything'
      ? /./
      : outage === 'projects'
        ? /\/groups$/
        : 'clustersOf' in outage
          ? new RegExp(`/${ids[outage.clustersOf]}/clusters$`)
          : new RegExp(`/clusters/${outage.snapshotsOf}/backup/snapshots$`);
  return ({ path, authorised }) =>
    authorised && pattern.test(path) ? { status: 500, body: '' } : undefined;
}

/** An exporter whose life a history plays, and the model beside it. */
type Life = { readonly exporter: Exporter; readonly model: Model; readonly logged: string[] };
type Stage = {
  readonly shifting: ReturnType<typeof shiftingWorld>;
  readonly simulator: Simulator;
  readonly times: Times;
  /** Seconds that the exporter's clock is ahead of Atlas's. */
  ahead: number;
  select: Selection;
};

async function born(
  { shifting, simulator, times, ...stage }: Stage,
  clock: () => number,
): Promise<Life> {
  const config = await configOf(simulator.url, shifting.ids, stage.select);
  const { exporter, logged } = await openExporter(config, { ...times, wall: clock });
  const model = newModel(shifting.ids);
  model.select(stage.select);
  return { exporter, model, logged };
}

/** Lets both read what Atlas has now; `begin` makes the exporter do so. */
async function poll(
  stage: Stage,
  life: Life,
  outage: Outage,
  clock: () => number,
  begin: () => unknown,
) {
  const { simulator, shifting, times } = stage;
  const atlas = readRaw(shifting.world, 'v2', times.wall());
  simulator.intercept(outageOf(outage, shifting.ids));
  await begin();
  while (life.exporter.poller.inProgress()) await new Promise((resolve) => setImmediate(resolve));
  simulator.intercept(undefined);
  life.model.poll(atlas, outage, clock());
}

async function play(history: readonly Event[]): Promise<void> {
  const shifting = shiftingWorld();
  const times = newTimes();
  const simulator = await startSimulator({
    world: shifting.world,
    clock: times.wall,
    realClock: times.monotonic,
    rateLimits: 'off',
    maxLiveTokens: 1_000,
  });
  const stage: Stage = { shifting, simulator, times, ahead: 0, select: everything };
  const clock = () => times.wall() + stage.ahead;
  let life = await born(stage, clock);
  let before: Shown | undefined;
  try {
    for (const event of history) {
      shifting.happen(event);
      if (event.do === 'poll') {
        times.pass(event.afterSeconds);
        await poll(stage, life, event.outage, clock, () => life.exporter.poller.refreshIfDue());
      } else if (event.do === 'step') {
        stage.ahead += event.seconds;
      } else if (event.do === 'restart') {
        await life.exporter.close();
        life = await born(stage, clock);
        before = undefined;
      } else if (event.do === 'reload') {
        stage.select = event.select;
        const config = await configOf(simulator.url, shifting.ids, event.select);
        if (life.model.select(event.select)) {
          await poll(stage, life, event.outage, clock, () => life.exporter.use(config));
        } else expect(await life.exporter.use(config)).toBe('unchanged');
      }
      const now = await shownOf(life.exporter, life.model, clock());
      checkPage(now, life.model, before, maxStaleness);
      before = now;
    }
    expect(life.logged.filter((line) => line.includes('internal error'))).toEqual([]);
  } finally {
    await life.exporter.close();
    await simulator.close();
  }
}

fuzz('histories', fc.asyncProperty(histories, play));
