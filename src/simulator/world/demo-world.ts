import type { UnixSeconds } from '../../domain/time.ts';
import { type DemoScenarioName, demoScenarios } from './demo-scenarios.ts';
import { type ClusterSpec, day } from './healthy-cluster.ts';
import { defaultRules, type Reference, type Rule } from './policy.ts';
import { objectId, seedOf } from './random.ts';
import { clusterOf, type ScenarioName } from './scenarios.ts';
import { type Organisation, type Project, type Tag, World } from './world.ts';

type DemoCluster = {
  readonly name: string;
  readonly scenarios: readonly ScenarioName[];
  readonly later?: DemoScenarioName;
  readonly every?: number;
  /** Minutes from the start of the demo to the next firing. */
  readonly firesIn?: number;
  readonly tags?: Readonly<Record<string, string>>;
};

type ProjectSpec = {
  readonly org: string;
  readonly project: string;
  readonly clusters: readonly DemoCluster[];
};

const critical = { team: 'core-banking', tier: 'critical' };

const fleet: readonly ProjectSpec[] = [
  {
    org: 'Harbour Bank',
    project: 'payments',
    clusters: [
      { name: 'ledger', scenarios: ['pit', 'copied'], every: 1, firesIn: 1, tags: critical },
      { name: 'cards', scenarios: ['encrypted'], every: 2, firesIn: 3, tags: critical },
      { name: 'settlement', scenarios: ['failing'], every: 1, firesIn: 5, tags: critical },
      { name: 'fraud', scenarios: ['sharded'], every: 1, firesIn: 7, tags: { team: 'risk' } },
      { name: 'wallet', scenarios: ['stale'], every: 6 },
      { name: 'disputes', scenarios: ['stuck'], every: 6 },
      { name: 'refunds', scenarios: [], later: 'lastFailed', every: 12, firesIn: 12 * 60 - 13 },
      { name: 'loans', scenarios: [], later: 'stuckAside', every: 12 },
      { name: 'archive-2019', scenarios: ['legacy'], tags: { team: 'archive' } },
    ],
  },
  {
    org: 'Harbour Bank',
    project: 'platform',
    clusters: [
      {
        name: 'sessions',
        scenarios: ['healthy'],
        every: 6,
        firesIn: -2,
        tags: { team: 'platform' },
      },
      { name: 'users', scenarios: ['onDemand', 'fallback'], every: 4, firesIn: 9 },
      { name: 'catalog', scenarios: ['multiCloud'], every: 12, firesIn: 11 },
      { name: 'search', scenarios: ['geosharded'], every: 6, firesIn: 13 },
      { name: 'ledger', scenarios: ['healthy'], every: 24, firesIn: 15 },
      { name: 'notifications', scenarios: ['neverBackedUp'], every: 6 },
      { name: 'feature-flags', scenarios: ['flex'] },
      { name: 'sandbox', scenarios: ['free'] },
      { name: 'events', scenarios: ['expiring'], every: 6 },
      { name: 'billing', scenarios: ['legacyLeftovers'], every: 6, firesIn: 17 },
    ],
  },
  {
    org: 'Harbour Bank',
    project: 'analytics',
    clusters: [
      {
        name: 'warehouse',
        scenarios: ['sharded', 'encrypted'],
        every: 12,
        tags: { team: 'insight' },
      },
      { name: 'reports', scenarios: ['paused'], every: 6 },
      { name: 'scratch', scenarios: ['neverEnabled'] },
      { name: 'playground', scenarios: ['neverEnabled'] },
      { name: 'vault', scenarios: ['healthy'], every: 6 },
      { name: 'migration', scenarios: [], later: 'runningOut' },
      { name: 'adhoc', scenarios: [], later: 'unscheduled' },
      { name: 'exports', scenarios: ['switchedOff'], every: 6 },
      { name: 'dashboards', scenarios: ['flexFailed'] },
      { name: 'trial', scenarios: ['creating'], every: 1, firesIn: 12 },
      { name: 'clickstream', scenarios: ['recovered'], every: 1, firesIn: 4 },
    ],
  },
  {
    org: 'Harbour Labs',
    project: 'payments',
    clusters: [{ name: 'prototype', scenarios: ['healthy'], every: 12, firesIn: 2 }],
  },
];

/** One cluster's snapshots can never be read. */
export const demoFaults = 'forbidden=USER_UNAUTHORIZED@*/vault/backup/snapshots';

/** A hand-picked fleet in which every state occurs, and something happens every few minutes. */
export function demoWorld(seed: string, start: UnixSeconds): World {
  const startedAt = Math.floor(start);
  const organisations = [...new Set(fleet.map(({ org }) => org))].map(
    (name): Organisation => ({
      id: objectId(startedAt - 1600 * day, seedOf(`${seed}/${name}`)),
      name,
    }),
  );
  const chapters = fleet.map((chapter) => {
    const organisation = organisations.find(({ name }) => name === chapter.org);
    const createdAt = startedAt - 1550 * day;
    const project: Project = {
      id: objectId(createdAt, seedOf(`${seed}/${chapter.org}/${chapter.project}`)),
      name: chapter.project,
      orgId: organisation?.id ?? '',
      createdAt,
    };
    return { project, chapter };
  });
  return new World(
    organisations,
    chapters.map(({ project }) => project),
    chapters.flatMap(({ project, chapter }) => {
      const place = {
        seed: `${seed}/${chapter.org}/${chapter.project}`,
        projectId: project.id,
        startedAt,
      };
      return chapter.clusters.map((entry) => {
        const cluster = clusterOf(specOf(entry, place), ...entry.scenarios);
        return entry.later === undefined ? cluster : demoScenarios[entry.later](cluster, startedAt);
      });
    }),
  );
}

function specOf(
  entry: DemoCluster,
  place: Pick<ClusterSpec, 'seed' | 'projectId' | 'startedAt'>,
): ClusterSpec {
  return {
    ...place,
    name: entry.name,
    rules: rulesEvery(entry.every ?? 6),
    tags: Object.entries(entry.tags ?? {}).map(([key, value]): Tag => ({ key, value })),
    ...(entry.firesIn === undefined
      ? {}
      : { reference: minuteOf(place.startedAt + entry.firesIn * 60) }),
  };
}

function rulesEvery(hours: number): readonly Rule[] {
  if (hours === 24) return [['daily', 1, 14, 'days']];
  return [['hourly', hours, hours < 6 ? 2 : 7, 'days'], ...defaultRules.slice(1)];
}

function minuteOf(at: UnixSeconds): Reference {
  const date = new Date(at * 1000);
  return { hour: date.getUTCHours(), minute: date.getUTCMinutes() };
}
