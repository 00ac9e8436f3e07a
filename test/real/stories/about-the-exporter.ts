import { stopSchedule } from '../../../src/simulator/world/backups.ts';
import { hour } from '../../../src/simulator/world/durations.ts';
import { changeBackups } from '../../../src/simulator/world/world.ts';
import { start } from '../../simulator/client.ts';
import { fleetOf, sixHourly } from './fleet.ts';
import type { Story } from './story.ts';

/** What befalls the exporter or the way to it, while backups go well. */
export const aboutTheExporter: readonly Story[] = [
  {
    title: 'the exporter dies, and is started again',
    world: () => fleetOf(sixHourly('ledger'), sixHourly('cards')),
    hours: 8,
    events: [
      [2, ({ stopExporter }) => stopExporter()],
      [5, ({ startExporter }) => startExporter()],
    ],
    expected: [
      [0.2, 1.9],
      [2.7, 4.9, 'AtlasBackupExporterDown'],
      [5.6, 7.9],
    ],
  },
  {
    title: 'another program answers in place of the exporter',
    world: () => fleetOf(sixHourly('ledger'), sixHourly('cards')),
    hours: 8,
    events: [
      [2, ({ startStranger }) => startStranger()],
      [5, ({ startExporter }) => startExporter()],
    ],
    expected: [
      [0.2, 1.9],
      [2.8, 4.9, 'AtlasBackupExporterNotServing'],
      [5.6, 7.9],
    ],
  },
  {
    title: 'every fourth scrape fails, and nothing is missed nor interrupted',
    world: () => {
      const cards = changeBackups(sixHourly('cards'), (it) => stopSchedule(it, start + hour));
      return fleetOf(sixHourly('ledger'), cards, sixHourly('scratch', 'neverEnabled'));
    },
    hours: 12,
    failingScrape: 4,
    expected: [
      [1, 6.9, 'AtlasBackupDisabled scratch'],
      [
        8.5,
        11.9,
        'AtlasBackupDisabled scratch',
        'AtlasBackupOverdue cards',
        'AtlasBackupObjectiveBurn',
      ],
    ],
  },
];
