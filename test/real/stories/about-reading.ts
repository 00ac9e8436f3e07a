import { simulatorKey } from '../../../src/simulator/access/credentials.ts';
import { clusterOf } from '../../../src/simulator/world/scenarios.ts';
import { fleetOf, particularsOf, projectId, projectIdOf, sixHourly } from './fleet.ts';
import type { Story } from './story.ts';

const forbidden = { status: 403, body: '{"error":403,"errorCode":"ACCESS_FORBIDDEN"}' } as const;

/** What befalls the way to Atlas, or what may be seen there, while backups go well. */
export const aboutReading: readonly Story[] = [
  {
    title: 'for two days nothing can be read',
    world: () => fleetOf(sixHourly('ledger'), sixHourly('cards')),
    hours: 52,
    events: [
      [1, ({ atlas }) => atlas.intercept(() => ({ status: 503 }))],
      [49, ({ atlas }) => atlas.intercept(undefined)],
    ],
    expected: [
      [0.2, 0.9],
      [3, 7, 'AtlasBackupExporterBlind'],
      [
        9.5,
        48.9,
        'AtlasBackupExporterBlind',
        'AtlasBackupUnverified cards',
        'AtlasBackupUnverified ledger',
        'AtlasBackupObjectiveBurn',
      ],
      [51.2, 51.9],
    ],
  },
  {
    title: 'a cluster is deleted',
    // One of two would be half of what there is to watch.
    world: () => fleetOf(...['ledger', 'cards', 'a', 'b', 'c', 'd'].map((it) => sixHourly(it))),
    hours: 31,
    events: [[26, ({ world }) => world.remove(projectId, 'cards')]],
    expected: [
      [0.2, 26.9],
      [29, 30.9, 'AtlasBackupClusterRemoved cards'],
    ],
  },
  {
    title: 'one cluster is forbidden',
    world: () => fleetOf(sixHourly('ledger'), sixHourly('cards'), sixHourly('wallet')),
    hours: 7,
    events: [
      [
        1,
        ({ atlas }) =>
          atlas.intercept(({ path }) =>
            path.includes('/clusters/cards/backup/snapshots') ? forbidden : undefined,
          ),
      ],
      [5, ({ atlas }) => atlas.intercept(undefined)],
    ],
    expected: [
      [0.2, 1.9],
      [2.8, 4.9, 'AtlasBackupClusterBlind cards'],
      [5.5, 6.9],
    ],
  },
  {
    title: 'of 50 clusters 10 are left, because roles were taken away',
    world: () =>
      fleetOf(
        ...Array.from({ length: 50 }, (_, n) =>
          clusterOf(particularsOf(`cluster-${n}`, undefined, projectIdOf(n % 5)), 'healthy'),
        ),
      ),
    hours: 6,
    events: [
      [
        2,
        ({ atlas: { credentials } }) => {
          credentials.apiKeys = [{ ...simulatorKey, projects: [projectIdOf(0)] }];
        },
      ],
    ],
    expected: [
      [0.2, 2.2],
      [4, 5.9, 'AtlasBackupScopeShrunk'],
    ],
  },
];
