import { expect, onTestFinished, vi } from 'vitest';
import { realTiming } from '../../src/atlas/transport/timing.ts';
import { clusterFamilies } from '../../src/collectors/families.ts';
import type { Config } from '../../src/config/config.ts';
import { loadConfig } from '../../src/config/load.ts';
import { type Exporter, newExporter } from '../../src/exporter/exporter.ts';
import type { Format } from '../../src/metrics/encoding.ts';
import { projectFamilies } from '../../src/metrics/project-families.ts';
import { generatedWorld } from '../../src/simulator/world/generated-world.ts';
import type { World } from '../../src/simulator/world/world.ts';
import { parsed, type Sample } from '../metrics/exposition.ts';
import { isOnByDefault } from '../metrics/on-by-default.ts';
import { pageBytes } from '../metrics/page-bytes.ts';
import { simulated, standingClock, start } from '../simulator/client.ts';
import type { Rules } from './naive-schedule.ts';
import { naiveReader } from './naive-series.ts';
import { type Api, readRaw } from './raw-replies.ts';
import { differences, type Series, seriesKey } from './series.ts';

export type Setting = {
  readonly world: World;
  readonly api: Api;
  readonly rules: Rules;
};

const silent = () => undefined;

export function worldOf(clusters: number): World {
  return generatedWorld({ seed: 'oracle', projects: 7, clusters }, start);
}

/** What the configuration says when it says nothing. */
export const byDefault: Rules = { graceSeconds: 3600, overrides: [], policyDetails: false };

async function configOf(url: string, api: Api, rules: Rules): Promise<Config> {
  const { graceSeconds, overrides, policyDetails } = rules;
  const stated = overrides.map(({ match, seconds }) => ({
    match,
    rpo: seconds === 'none' ? seconds : `${seconds}s`,
  }));
  // Defaults are left to the exporter.
  const objectives = rules === byDefault ? {} : { grace: `${graceSeconds}s`, overrides: stated };
  const file = `
accounts:
  - name: main
    base_url: ${url}
    api: ${api}
    auth: { api_key: { public_key: simulator, private_key: simulator-key } }
poll: { interval: 30s, discovery_interval: 30s }
objectives: ${JSON.stringify(objectives)}
metrics: ${JSON.stringify(policyDetails ? { policy_details: true } : {})}
`;
  const readFile = async () => Buffer.from(file);
  const loaded = await loadConfig({ path: 'oracle', env: {}, readFile });
  if (loaded.kind === 'invalid') throw new Error(JSON.stringify(loaded.problems));
  return loaded.config;
}

/** An exporter, the Atlas that it reads, and a naive reader of the same, in one standing time. */
export async function setUp({ world, api, rules }: Setting) {
  const { clock, set } = standingClock(start);
  const simulator = await simulated(world, { clock, rateLimits: 'off', maxLoggedRequests: 0 });
  const exporter = await newExporter({
    config: await configOf(simulator.url, api, rules),
    log: { debug: silent, info: silent, warn: silent, error: silent },
    clock,
    timing: { ...realTiming, monotonicMs: () => clock() * 1000 },
  });
  onTestFinished(() => exporter.close());
  return { exporter, world, set, naive: naiveReader('main', rules), api };
}

export async function poll({ poller }: Exporter): Promise<void> {
  poller.refreshIfDue();
  await vi.waitUntil(() => !poller.inProgress(), { timeout: 120_000, interval: 2 });
}

/** Lets both read at this time, and compares every series a while later. */
export async function pollAndCompare(
  { exporter, world, set, naive, api }: Awaited<ReturnType<typeof setUp>>,
  at: number,
): Promise<Series> {
  set(at);
  await poll(exporter);
  naive.poll(readRaw(world, api, at), at);
  const later = at + 97;
  set(later);
  const samples = await samplesOf(exporter, 'text');
  const expected = naive.series(later, fleetSeries(samples));
  compare(fleetSeries(samples), expected);
  expect(collectorsIn(samples)).toEqual(naive.collectors());
  return expected;
}

export async function compareFormat(
  exporter: Exporter,
  format: Format,
  expected: Series,
): Promise<void> {
  compare(fleetSeries(await samplesOf(exporter, format)), expected);
}

function compare(shown: Series, expected: Series): void {
  const { missing, extra, different } = differences(shown, expected);
  const some = (all: readonly string[]) => [...all.slice(0, 12), ...(all[12] ? [all.length] : [])];
  expect({ missing: some(missing), extra: some(extra), different: some(different) }).toEqual({
    missing: [],
    extra: [],
    different: [],
  });
}

export async function samplesOf(exporter: Exporter, format: Format): Promise<readonly Sample[]> {
  const page = await exporter.page({ format, gzip: false });
  return parsed(pageBytes(page).toString(), format).flatMap((family) => family.samples);
}

/** Without what the exporter says of itself. */
export function fleetSeries(samples: readonly Sample[]): Series {
  return new Map(
    samples
      .filter(({ name }) => !/^(mongodbatlas_backup_exporter|process|nodejs)_/.test(name))
      .map(({ name, labels, value }) => [seriesKey(name, labels), value]),
  );
}

function collectorsIn(samples: readonly Sample[]): Readonly<Record<string, number>> {
  return Object.fromEntries(
    samples
      .filter(({ name }) => name === 'mongodbatlas_backup_exporter_collector_success')
      .map(({ labels, value }) => [labels['collector'], value]),
  );
}

/** How many series of a family have another value than 0. */
export function telling(series: Series, name: string): number {
  return [...series].filter(
    ([key, value]) => key.startsWith(`mongodbatlas_backup_${name} `) && value !== 0,
  ).length;
}

/** The families of clusters and projects that are on by default, and have no series here. */
export function familiesMissing(series: Series): readonly string[] {
  const seen = new Set([...series.keys()].map((key) => key.slice(0, key.indexOf(' '))));
  return [...clusterFamilies, ...projectFamilies]
    .filter(isOnByDefault)
    .map(({ name }) => name)
    .filter((name) => !seen.has(name));
}
