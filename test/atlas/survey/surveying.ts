import type { Credentials } from '../../../src/atlas/connect.ts';
import type { SurveyedAccount } from '../../../src/atlas/survey/account.ts';
import type { CollectorReader } from '../../../src/atlas/survey/collector-reader.ts';
import { surveyor } from '../../../src/atlas/survey/survey.ts';
import { collectors as table } from '../../../src/collectors/table.ts';
import type { ReadRules } from '../../../src/domain/backup-reads.ts';
import { advance, type Fleet, newFleet } from '../../../src/domain/fleet.ts';
import type { Report } from '../../../src/domain/report.ts';
import { type Shard, wholeFleet } from '../../../src/domain/shard.ts';
import type { UnixSeconds } from '../../../src/domain/time.ts';
import type { Interception } from '../../../src/simulator/interception.ts';
import type { Simulator, SimulatorOptions } from '../../../src/simulator/server.ts';
import { generatedWorld } from '../../../src/simulator/world/generated-world.ts';
import type { ScenarioName } from '../../../src/simulator/world/scenarios.ts';
import type { World } from '../../../src/simulator/world/world.ts';
import { simulated, start } from '../../simulator/client.ts';
import { type Reader, reader } from '../reader.ts';

/** Projects of so many clusters each, told these scenarios in turn. */
export function worldWith(
  projects: number,
  clusters: number,
  ...scenarios: [ScenarioName, ...ScenarioName[]]
): World {
  const all = projects * clusters;
  return generatedWorld(
    { seed: 'survey', projects, clusters: all, snapshots: 4, scenarios },
    start,
  );
}

export const projectId = (world: World, n = 0) => world.projects[n]?.id ?? '';
/** Names as keys of clusters show them, without the long ids. */
export function shortKeys(world: World, keys: Iterable<string>): readonly string[] {
  const short = (key: string) =>
    world.projects.reduce((text, { id, name }) => text.replace(id, name), key);
  return [...keys].map(short).toSorted();
}

export type Surveying = {
  readonly world: World;
  readonly simulator: Simulator;
  readonly readers: readonly Reader[];
  readonly bugs: string[];
  readonly progress: (readonly [number, number])[];
  readonly fleet: () => Fleet;
  /** The report of one more pass, which the fleet then goes by. */
  pass(options?: { discover?: boolean; signal?: AbortSignal }): Promise<Report>;
  /** Paths of the requests since the last pass began, without the API's prefix; retries included. */
  asked(): readonly string[];
  /** Answers in the place of Atlas, once the caller is known. */
  answer(by: Interception | undefined): void;
};

type AccountOptions = Partial<Omit<SurveyedAccount, 'client'>> & {
  readonly credentials?: Credentials;
};

/** Passes over a simulated world by one account, or several. */
export async function surveying(
  world: World,
  {
    accounts = [{}],
    maxClusters = 1_000,
    concurrency = 4,
    timeoutMs = 5_000,
    schedules = false,
    collectors = schedules ? table.map((one) => one.reader) : [],
    reads = { mode: 'full' },
    shard = wholeFleet,
    now = () => start,
    knows,
    ...options
  }: Partial<SimulatorOptions> & {
    readonly accounts?: readonly AccountOptions[];
    readonly maxClusters?: number;
    readonly concurrency?: number;
    readonly timeoutMs?: number;
    /** Read schedules, too. */
    readonly schedules?: boolean;
    readonly collectors?: readonly CollectorReader[];
    readonly reads?: ReadRules;
    readonly shard?: Shard;
    readonly now?: () => UnixSeconds;
    /** What is known before the first pass. Without it, nothing. */
    readonly knows?: Fleet;
  } = {},
): Promise<Surveying> {
  const simulator = await simulated(world, { rateLimits: 'off', clock: now, ...options });
  const readers: Reader[] = [];
  const surveyed = accounts.map(({ credentials, ...account }, n): SurveyedAccount => {
    const api = account.api ?? 'v2';
    const one = reader(simulator.url, {
      api,
      timeoutMs,
      clock: now,
      ...(credentials && { credentials }),
    });
    readers.push(one);
    return {
      name: `account-${n + 1}`,
      api,
      legacy: 'auto',
      namedProjects: [],
      selectsProject: () => true,
      selectsCluster: () => true,
      ...account,
      client: one.client,
    };
  });
  const bugs: string[] = [];
  const progress: [number, number][] = [];
  const survey = surveyor(surveyed, {
    concurrency,
    maxClusters,
    collectors,
    collectForSeconds: 300,
    reads,
    shard,
    clock: now,
    onBug: (scope, error) => bugs.push(`${scope}: ${String(error)}`),
  });
  let fleet = knows ?? newFleet(surveyed);
  return {
    world,
    simulator,
    readers,
    bugs,
    progress,
    fleet: () => fleet,
    pass: async ({ discover = false, signal = new AbortController().signal } = {}) => {
      simulator.requestLog.reset();
      const report = await survey(fleet, {
        discover,
        signal,
        deadlineMs: Number.POSITIVE_INFINITY,
        onProgress: (done, total) => progress.push([done, total]),
      });
      fleet = advance(fleet, report);
      return report;
    },
    asked: () =>
      simulator.requestLog.entries
        .filter(({ status }) => status !== 401)
        .map(({ path }) => path.replace(/^\/api\/atlas\/(v2|v1\.0)/, '')),
    answer: (by) => simulator.intercept(by && ((it) => (it.authorised ? by(it) : undefined))),
  };
}

/** How each read of a report went, by what was read: `read`, or the reason of the failure. */
export function ends(
  world: World,
  outcomes: Report['projects'] | Report['clusters'] | Report['backups'],
): Readonly<Record<string, string>> {
  const all = [...outcomes].map(([key, outcome]): [string, string] => [
    shortKeys(world, [key])[0] ?? key,
    outcome.kind === 'failed' ? outcome.failure.reason : 'read',
  ]);
  return Object.fromEntries(all.toSorted(([one], [another]) => (one < another ? -1 : 1)));
}
