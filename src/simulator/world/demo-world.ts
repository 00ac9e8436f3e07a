import type { UnixSeconds } from '../../domain/time.ts';
import { day, forever, hour } from './durations.ts';
import { keptFirings } from './firing.ts';
import { healthyCluster } from './healthy-cluster.ts';
import { defaultRules, type Reference, type Rule } from './policy.ts';
import { objectId, seedOf } from './random.ts';
import { type Scenario, type ScenarioName, scenarios, withCloud } from './scenarios.ts';
import { type Cluster, changeBackups, type Project, World } from './world.ts';

/** What happened to some clusters of the demo alone: trouble that has not made them late yet. */
const demoScenarios = {
  /** The snapshot that ended last failed, and so will all that follow. */
  lastFailed: (cluster, startedAt) =>
    changeBackups(cluster, (backups) => {
      const last = keptFirings(backups.policy, backups.active.from, startedAt).at(-1);
      return { ...backups, failing: [{ from: last?.at ?? startedAt, until: forever }] };
    }),
  /** One snapshot hangs; somebody has taken another by hand. */
  stuckWithManual: (cluster, startedAt) =>
    withCloud(cluster, {
      stuckFrom: startedAt - 38 * hour,
      onDemand: [{ at: startedAt - 2 * hour, description: 'by hand', retentionDays: 7 }],
    }),
  /** The schedule has no policy item left. */
  unscheduled: (cluster, startedAt) => onlyByHand(cluster, startedAt, 30),
  /** The same, and what was taken by hand is about to be deleted. */
  runningOut: (cluster, startedAt) => onlyByHand(cluster, startedAt - 6 * hour, 5.5),
} as const satisfies Readonly<Record<string, Scenario>>;

function onlyByHand(cluster: Cluster, at: UnixSeconds, retentionDays: number): Cluster {
  return changeBackups(cluster, (backups) => ({
    ...backups,
    policy: { ...backups.policy, items: [] },
    onDemand: [{ at: at - 5 * day, description: 'by hand', retentionDays }],
  }));
}

type DemoCluster = {
  readonly scenarios?: readonly (ScenarioName | keyof typeof demoScenarios)[];
  /** Hours between two snapshots; 6 when absent. */
  readonly every?: number;
  /** Minutes from the start of the demo to the next firing. */
  readonly firesIn?: number;
  readonly tags?: Readonly<Record<string, string>>;
};

type ProjectSpec = {
  readonly org: string;
  readonly project: string;
  readonly clusters: Readonly<Record<string, DemoCluster>>;
};

const critical = { team: 'core-banking', tier: 'critical' };

const fleet: readonly ProjectSpec[] = [
  {
    org: 'Harbour Bank',
    project: 'payments',
    clusters: {
      ledger: { scenarios: ['pit', 'copied'], every: 1, firesIn: 1, tags: critical },
      cards: { scenarios: ['encrypted'], every: 2, firesIn: 3, tags: critical },
      settlement: { scenarios: ['failing'], every: 1, firesIn: 5, tags: critical },
      fraud: { scenarios: ['sharded'], every: 1, firesIn: 7, tags: { team: 'risk' } },
      wallet: { scenarios: ['stale'] },
      disputes: { scenarios: ['stuck'] },
      refunds: { scenarios: ['lastFailed'], every: 12, firesIn: 12 * 60 - 13 },
      loans: { scenarios: ['stuckWithManual'], every: 12 },
      'archive-2019': { scenarios: ['legacy'], tags: { team: 'archive' } },
    },
  },
  {
    org: 'Harbour Bank',
    project: 'platform',
    clusters: {
      sessions: { firesIn: -2, tags: { team: 'platform' } },
      users: { scenarios: ['onDemand', 'fallback'], every: 4, firesIn: 9 },
      catalog: { scenarios: ['multiCloud'], every: 12, firesIn: 11 },
      search: { scenarios: ['geosharded'], firesIn: 13 },
      ledger: { every: 24, firesIn: 15 },
      notifications: { scenarios: ['neverBackedUp'] },
      'feature-flags': { scenarios: ['flex'] },
      sandbox: { scenarios: ['free'] },
      events: { scenarios: ['expiring'] },
      billing: { scenarios: ['legacyLeftovers'], firesIn: 17 },
    },
  },
  {
    org: 'Harbour Bank',
    project: 'analytics',
    clusters: {
      warehouse: { scenarios: ['sharded', 'encrypted'], every: 12, tags: { team: 'insight' } },
      reports: { scenarios: ['paused'] },
      scratch: { scenarios: ['neverEnabled'] },
      playground: { scenarios: ['neverEnabled'] },
      vault: {},
      migration: { scenarios: ['runningOut'] },
      adhoc: { scenarios: ['unscheduled'] },
      exports: { scenarios: ['switchedOff'] },
      dashboards: { scenarios: ['flexFailed'] },
      trial: { scenarios: ['creating'], every: 1, firesIn: 12 },
      clickstream: { scenarios: ['recovered'], every: 1, firesIn: 4 },
    },
  },
  { org: 'Harbour Labs', project: 'payments', clusters: { prototype: { every: 12, firesIn: 2 } } },
];

/** One cluster's snapshots can never be read. */
export const demoFaults = 'forbidden=USER_UNAUTHORIZED@*/vault/backup/snapshots';

/** A hand-picked fleet in which every state occurs, and something happens every few minutes. */
export function demoWorld(seed: string, start: UnixSeconds): World {
  const startedAt = Math.floor(start);
  const organisations = [...new Set(fleet.map(({ org }) => org))].map((name) => ({
    id: objectId(startedAt - 1600 * day, seedOf(`${seed}/${name}`)),
    name,
  }));
  const createdAt = startedAt - 1550 * day;
  const projects = fleet.map(
    ({ org, project }): Project => ({
      id: objectId(createdAt, seedOf(`${seed}/${org}/${project}`)),
      name: project,
      orgId: organisations.find(({ name }) => name === org)?.id ?? '',
      createdAt,
    }),
  );
  const clusters = fleet.flatMap(({ org, project, clusters: all }, nth) => {
    const projectId = projects[nth]?.id ?? '';
    const place = { seed: `${seed}/${org}/${project}`, projectId, startedAt };
    return Object.entries(all).map(([name, entry]) => demoCluster(name, entry, place));
  });
  return new World(organisations, projects, clusters);
}

function demoCluster(
  name: string,
  entry: DemoCluster,
  place: { readonly seed: string; readonly projectId: string; readonly startedAt: UnixSeconds },
): Cluster {
  const { firesIn, every = 6, tags = {} } = entry;
  const { startedAt } = place;
  const healthy = healthyCluster({
    ...place,
    name,
    rules: rulesEvery(every),
    tags: Object.entries(tags).map(([key, value]) => ({ key, value })),
    ...(firesIn === undefined ? {} : { reference: minuteOf(startedAt + firesIn * 60) }),
  });
  const known = { ...scenarios, ...demoScenarios };
  const happened = entry.scenarios ?? [];
  return happened.reduce((cluster, scenario) => known[scenario](cluster, startedAt), healthy);
}

function rulesEvery(hours: number): readonly Rule[] {
  if (hours === 24) return [['daily', 1, 14, 'days']];
  return [['hourly', hours, hours < 6 ? 2 : 7, 'days'], ...defaultRules.slice(1)];
}

function minuteOf(at: UnixSeconds): Reference {
  const date = new Date(at * 1000);
  return { hour: date.getUTCHours(), minute: date.getUTCMinutes() };
}
