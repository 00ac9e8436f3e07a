import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import type { UnixSeconds } from '../../../src/domain/time.ts';
import { type Simulator, startSimulator } from '../../../src/simulator/server.ts';
import type { World } from '../../../src/simulator/world/world.ts';
import { accountText, configFrom } from '../../e2e/serving.ts';
import { type Prometheus, startPrometheus } from '../prometheus.ts';
import { acceleratedRules, shortened } from './accelerated-rules.ts';
import { type AcceleratedTime, accelerated, clockOf } from './accelerated-time.ts';
import { openDoor } from './door.ts';

/** All that takes part in a story; everything goes by the accelerated time. */
export type Stage = {
  /** It began when Prometheus was seen to scrape the exporter. */
  readonly time: AcceleratedTime;
  readonly atlas: Simulator;
  readonly world: World;
  readonly prometheus: Prometheus;
  readonly startExporter: () => Promise<void>;
  readonly stopExporter: () => Promise<void>;
  /** Another program takes the exporter's place. */
  readonly startStranger: () => Promise<void>;
  readonly close: () => Promise<void>;
};

export type StageOptions = {
  readonly binary: string;
  readonly factor: number;
  readonly origin: UnixSeconds;
  readonly world: World;
  /** Texts of rule files, as they are shipped. */
  readonly rules: readonly string[];
  /** Every so many-th scrape fails. */
  readonly failingScrape?: number;
};

/** Scrapes and evaluations; the look-back is Prometheus's default. */
const often = '3m';
const lookback = '5m';

export async function openStage(options: StageOptions): Promise<Stage> {
  const { binary, factor, origin, world, rules, failingScrape } = options;
  const closing: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const one of closing.toReversed()) await one();
  };
  const opened = <T extends { readonly close: () => Promise<void> }>(part: T): T => {
    closing.push(part.close);
    return part;
  };
  try {
    const folder = await mkdtemp(join(tmpdir(), 'exporter-story-'));
    closing.push(() => rm(folder, { recursive: true }));
    const door = opened(await openDoor());
    const prometheus = await startPrometheus(
      binary,
      configuration(factor, door.address, join(folder, '*.yaml')),
      ['--web.enable-lifecycle', `--query.lookback-delta=${shortened(lookback, factor)}`],
    );
    closing.push(prometheus.stop);
    await prometheus.ready();
    // It takes its first look at a target seconds later, which here would be hours.
    await scraped(prometheus, 'stranger_up');

    const time = accelerated(factor, origin);
    const clock = clockOf(time);
    const atlas = opened(
      await startSimulator({ world, clock, rateLimits: 'off', maxLoggedRequests: 0 }),
    );
    const config = await configFrom(accountText(atlas.url, 'poll: { interval: 15m }'));
    const startExporter = () => door.startExporter(config, time, failingScrape);
    await startExporter();
    await scraped(prometheus, 'mongodbatlas_backup_enabled');
    for (const [index, text] of rules.entries()) {
      await writeFile(join(folder, `${index}.yaml`), acceleratedRules(text, time));
    }
    await prometheus.reload();
    const { startStranger, close: stopExporter } = door;
    return { time, atlas, world, prometheus, startExporter, stopExporter, startStranger, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function configuration(factor: number, target: string, rules: string): object {
  const interval = shortened(often, factor);
  const job = {
    job_name: 'mongodbatlas-backup-exporter',
    scrape_timeout: interval,
    static_configs: [{ targets: [target] }],
  };
  return {
    global: { scrape_interval: interval, evaluation_interval: interval },
    rule_files: [rules],
    scrape_configs: [job],
  };
}

function scraped({ values }: Prometheus, series: string): Promise<void> {
  return vi.waitFor(async () => expect((await values(series)).length).toBeGreaterThan(0), {
    timeout: 60_000,
    interval: 50,
  });
}
