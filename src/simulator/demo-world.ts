import type { UnixSeconds } from '../domain/time.ts';
import { day, type Particulars } from './cluster-base.ts';
import { type DemoStoryName, demoStories } from './demo-stories.ts';
import { defaultRules, type Reference, type Rule } from './policy.ts';
import { objectId, seedOf } from './random.ts';
import { clusterOf, type StoryName } from './stories.ts';
import { type Organisation, type Project, type Tag, type World, worldOf } from './world.ts';

type Entry = {
  readonly name: string;
  readonly stories: readonly StoryName[];
  readonly later?: DemoStoryName;
  readonly every?: number;
  /** Minutes from the start of the demo to the next firing. */
  readonly firesIn?: number;
  readonly tags?: Readonly<Record<string, string>>;
};

type Chapter = {
  readonly org: string;
  readonly project: string;
  readonly clusters: readonly Entry[];
};

const critical = { team: 'core-banking', tier: 'critical' };

const fleet: readonly Chapter[] = [
  {
    org: 'Harbour Bank',
    project: 'payments',
    clusters: [
      { name: 'ledger', stories: ['pit', 'copied'], every: 1, firesIn: 1, tags: critical },
      { name: 'cards', stories: ['encrypted'], every: 2, firesIn: 3, tags: critical },
      { name: 'settlement', stories: ['failing'], every: 1, firesIn: 5, tags: critical },
      { name: 'fraud', stories: ['sharded'], every: 1, firesIn: 7, tags: { team: 'risk' } },
      { name: 'wallet', stories: ['stale'], every: 6 },
      { name: 'disputes', stories: ['stuck'], every: 6 },
      { name: 'refunds', stories: [], later: 'lastFailed', every: 12, firesIn: 12 * 60 - 13 },
      { name: 'loans', stories: [], later: 'stuckAside', every: 12 },
      { name: 'archive-2019', stories: ['legacy'], tags: { team: 'archive' } },
    ],
  },
  {
    org: 'Harbour Bank',
    project: 'platform',
    clusters: [
      { name: 'sessions', stories: ['healthy'], every: 6, firesIn: -2, tags: { team: 'platform' } },
      { name: 'users', stories: ['onDemand', 'fallback'], every: 4, firesIn: 9 },
      { name: 'catalog', stories: ['multiCloud'], every: 12, firesIn: 11 },
      { name: 'search', stories: ['geosharded'], every: 6, firesIn: 13 },
      { name: 'ledger', stories: ['healthy'], every: 24, firesIn: 15 },
      { name: 'notifications', stories: ['neverBackedUp'], every: 6 },
      { name: 'feature-flags', stories: ['flex'] },
      { name: 'sandbox', stories: ['free'] },
      { name: 'events', stories: ['expiring'], every: 6 },
      { name: 'billing', stories: ['legacyLeftovers'], every: 6, firesIn: 17 },
    ],
  },
  {
    org: 'Harbour Bank',
    project: 'analytics',
    clusters: [
      {
        name: 'warehouse',
        stories: ['sharded', 'encrypted'],
        every: 12,
        tags: { team: 'insight' },
      },
      { name: 'reports', stories: ['paused'], every: 6 },
      { name: 'scratch', stories: ['neverEnabled'] },
      { name: 'playground', stories: ['neverEnabled'] },
      { name: 'vault', stories: ['healthy'], every: 6 },
      { name: 'migration', stories: [], later: 'runningOut' },
      { name: 'adhoc', stories: [], later: 'unscheduled' },
      { name: 'exports', stories: ['switchedOff'], every: 6 },
      { name: 'dashboards', stories: ['flexFailed'] },
      { name: 'trial', stories: ['creating'], every: 1, firesIn: 12 },
      { name: 'clickstream', stories: ['recovered'], every: 1, firesIn: 4 },
    ],
  },
  {
    org: 'Harbour Labs',
    project: 'payments',
    clusters: [{ name: 'prototype', stories: ['healthy'], every: 12, firesIn: 2 }],
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
  return worldOf(
    organisations,
    chapters.map(({ project }) => project),
    chapters.flatMap(({ project, chapter }) => {
      const place = {
        seed: `${seed}/${chapter.org}/${chapter.project}`,
        projectId: project.id,
        startedAt,
      };
      return chapter.clusters.map((entry) => {
        const cluster = clusterOf(particularsOf(entry, place), ...entry.stories);
        return entry.later === undefined ? cluster : demoStories[entry.later](cluster, startedAt);
      });
    }),
  );
}

function particularsOf(
  entry: Entry,
  place: Pick<Particulars, 'seed' | 'projectId' | 'startedAt'>,
): Particulars {
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
