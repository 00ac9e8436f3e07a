import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import type { Timing } from '../../src/atlas/transport/timing.ts';
import { realTiming } from '../../src/atlas/transport/timing.ts';
import type { Config } from '../../src/config/config.ts';
import { loadConfig } from '../../src/config/load.ts';
import { formatProblems } from '../../src/config/problem.ts';
import type { Clock } from '../../src/domain/time.ts';
import { type Exporter, newExporter } from '../../src/exporter/exporter.ts';
import {
  type Simulator,
  type SimulatorOptions,
  startSimulator,
} from '../../src/simulator/server.ts';
import { newServer } from '../../src/web/server.ts';
import { watch } from '../canaries/watch.ts';
import { stopwatch } from '../stopwatch.ts';

/** A simulated Atlas for the length of one test. */
export async function startedAtlas(options: SimulatorOptions): Promise<Simulator> {
  const atlas = await startSimulator(options);
  onTestFinished(() => atlas.close());
  return atlas;
}

/** The lines of a configuration file for a simulated Atlas. */
export function accountText(url: string, ...more: readonly string[]): string {
  return [
    'accounts:',
    '  - name: main',
    `    base_url: ${url}`,
    '    auth:',
    '      api_key: { public_key: simulator, private_key: simulator-key }',
    ...more,
    '',
  ].join('\n');
}

export async function configFrom(text: string): Promise<Config> {
  const file = { path: 'config.yaml', env: {}, readFile: async () => Buffer.from(text) };
  const loaded = await loadConfig(file);
  if (loaded.kind === 'ok') return loaded.config;
  throw new Error(formatProblems(loaded.problems));
}

/** Real timing, but the test can say that time has passed. */
export function hurriedTiming(): { readonly timing: Timing; readonly pass: (ms: number) => void } {
  let passed = 0;
  return {
    timing: { ...realTiming, monotonicMs: () => realTiming.monotonicMs() + passed },
    pass: (ms) => {
      passed += ms;
    },
  };
}

export type Scrape = {
  readonly status: number;
  readonly text: string;
  readonly seconds: number;
  /** In which this process had nothing to do: that the scrape waited for. */
  readonly idleSeconds: number;
};

/** The exporter in this process, served over real HTTP. */
export type Serving = {
  readonly url: string;
  readonly exporter: Exporter;
  readonly log: readonly string[];
  readonly scrape: (headers?: Readonly<Record<string, string>>) => Promise<Scrape>;
};

type Options = {
  readonly config: Config;
  readonly clock?: Clock;
  readonly timing?: Timing;
};

/** Serves for the length of one test. As with the real program, the first poll starts at once. */
export async function serving({ config, ...time }: Options): Promise<Serving> {
  const log: string[] = [];
  const write = (line: string) => {
    watch('a log', line);
    log.push(line);
  };
  const sink = pino({ level: 'trace' }, { write });
  const exporter = await newExporter({ config, log: sink, ...time });
  const { poller, page, view, snapshot, telemetry } = exporter;
  const server = newServer(
    { ...poller, page, view, snapshot, scraped: telemetry.scraped },
    { telemetryPath: '/metrics', version: 'test', onError: (error) => sink.error({ err: error }) },
  );
  onTestFinished(async () => {
    await exporter.close();
    await server.close();
  });
  const url = await server.listen({ host: '127.0.0.1', port: 0 });
  poller.refreshIfDue();
  return { url, exporter, log, scrape: (headers = {}) => scrapeOf(`${url}/metrics`, headers) };
}

export async function scrapeOf(
  url: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Scrape> {
  const startedAt = performance.now();
  const spent = stopwatch();
  const answer = await fetch(url, { headers });
  const text = await answer.text();
  return {
    status: answer.status,
    text,
    seconds: (performance.now() - startedAt) / 1000,
    idleSeconds: spent().idle / 1000,
  };
}
