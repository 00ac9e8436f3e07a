import { mayHaveLegacy } from '../atlas/listing-kind.ts';
import type { Config } from '../config/config.ts';
import { type Cluster, canHaveBackups, type Project } from '../domain/cluster.ts';
import {
  collectorFacts,
  factsOf,
  type SwitchableCollector,
  switchableCollectors,
  whyNot,
} from '../domain/collectors.ts';
import type { OpenAccount } from '../exporter/accounts.ts';
import { table } from './table.ts';

export type Limit = { readonly capacity: number; readonly remaining: number };

/** What was found out about one project. */
export type ProjectCheck = {
  readonly project: Project;
  readonly clusters: readonly Cluster[];
  /** In words; empty when all of it can be read. */
  readonly failures: readonly string[];
};

export type AccountCheck = {
  readonly account: OpenAccount;
  /** The proxy as it may be shown; undefined: connections go directly. */
  readonly proxy: string | undefined;
  readonly projects: readonly ProjectCheck[];
  readonly failures: readonly string[];
};

export function hasFailures(checks: readonly AccountCheck[]): boolean {
  return checks.some(
    ({ failures, projects }) =>
      failures.length > 0 || projects.some((one) => one.failures.length > 0),
  );
}

/** One account: its projects, and in words what cannot be read. */
export function accountText({ account, proxy, projects, failures }: AccountCheck): string {
  const rows = projects.map((one) => [
    one.project.name,
    one.project.id,
    String(one.clusters.length),
    one.failures.length === 0 ? 'yes' : 'no',
  ]);
  const lines = [
    ...failures.map((failure) => `  ${failure}\n`),
    ...projects.flatMap((one) =>
      one.failures.map((failure) => `  ${one.project.name}: ${failure}\n`),
    ),
  ];
  return [
    `\nAccount ${account.name}${proxy === undefined ? '' : `, through the proxy ${proxy}`}\n`,
    rows.length === 0 ? '' : table([['PROJECT', 'ID', 'CLUSTERS', 'READABLE'], ...rows]),
    ...lines,
  ].join('');
}

/** Most schedules have a run every six hours, and it takes a few polls to see it begin and end. */
const expectedReadsAnHour = 0.5;

/** How often a poll asks for the snapshots of one cluster, in the mean. */
function readsAnHour({ mode, intervalSeconds, sweepIntervalSeconds }: Config['poll']): number {
  const always = 3600 / intervalSeconds;
  if (mode === 'full') return always;
  const swept = 3600 / (sweepIntervalSeconds - intervalSeconds);
  return Math.min(always, swept + expectedReadsAnHour);
}

/** Of one collector, if each of its readings is one call. */
function callsAnHour(name: SwitchableCollector, checks: readonly AccountCheck[]): number {
  const { scope } = factsOf(name);
  const projects = checks.flatMap((one) => one.projects);
  const clusters = projects.flatMap((one) => one.clusters);
  const subjects = {
    account: checks,
    project: projects,
    cluster: clusters.filter((cluster) => whyNot(name, cluster) === undefined),
  };
  return (subjects[scope].length * 3600) / collectorFacts[name].everySeconds;
}

/** How many calls an hour a fleet like this takes, beside what Atlas allows. */
export function planText(
  { poll, collectors }: Config,
  checks: readonly AccountCheck[],
  limits: ReadonlyMap<string, Limit>,
): string {
  const discoveriesAnHour = 3600 / poll.discoveryIntervalSeconds;
  const projects = checks.flatMap((one) => one.projects);
  const snapshotCalls = checks.flatMap(({ account, projects: found }) =>
    found.flatMap(({ clusters }) =>
      clusters.filter(canHaveBackups).map((one) => (mayHaveLegacy(one, account.legacy) ? 2 : 1)),
    ),
  );
  const reads = snapshotCalls.reduce<number>((sum, calls) => sum + calls, 0) * readsAnHour(poll);
  const listings = checks.reduce(
    (sum, { account, projects: found }) => sum + 1 + found.length * (account.api === 'v2' ? 2 : 1),
    0,
  );
  const collected = switchableCollectors
    .filter((name) => collectors[name])
    .reduce((sum, name) => sum + callsAnHour(name, checks), 0);
  const planned = Math.ceil(reads + listings * discoveriesAnHour + collected);
  const rows = [...limits].map(([endpoint, { capacity, remaining }]) => [
    endpoint,
    String(capacity),
    String(remaining),
  ]);
  return [
    `\nPlanned: about ${planned} API calls an hour, for ${snapshotCalls.length} clusters in ${projects.length} projects`,
    hasFailures(checks) ? ', without what could not be read.\n' : '.\n',
    rows.length === 0
      ? 'Atlas reported no rate limits.\n'
      : `\n${table([['RATE LIMIT OF', 'CAPACITY', 'REMAINING'], ...rows])}`,
  ].join('');
}
