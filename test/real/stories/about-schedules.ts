import { stopSchedule } from '../../../src/simulator/world/backups.ts';
import { day, hour, minute } from '../../../src/simulator/world/durations.ts';
import { clusterOf } from '../../../src/simulator/world/scenarios.ts';
import { type Cluster, changeBackups } from '../../../src/simulator/world/world.ts';
import { start } from '../../simulator/client.ts';
import { resume, switchBackup } from '../../simulator/world/events.ts';
import { fleetOf, particularsOf, projectId, sixHourly } from './fleet.ts';
import type { Story } from './story.ts';

/** A schedule that dies after an hour, and somebody who asks for a snapshot every five hours. */
function hidden(name: string, announces: 'next' | 'missed'): Cluster {
  return changeBackups(sixHourly(name), (backups) => ({
    ...stopSchedule(backups, start + hour, announces),
    onDemand: [4, 9, 14].map((hours) => ({
      at: start + hours * hour,
      description: 'by hand',
      retentionDays: 7,
    })),
  }));
}

/** What befalls schedules and the snapshots that they ask for. */
export const aboutSchedules: readonly Story[] = [
  {
    title: 'a snapshot from the future does not hide that no more is taken',
    world: () => {
      const between = { from: start + 5 * hour, until: start + 7 * hour };
      const cards = changeBackups(sixHourly('cards'), (backups) => ({
        ...stopSchedule(backups, between.until),
        ahead: [{ ...between, seconds: 3 * day }],
      }));
      return fleetOf(sixHourly('ledger'), cards);
    },
    hours: 12,
    expected: [
      [0.2, 6],
      [6.8, 7, 'AtlasBackupFromTheFuture cards'],
      [
        8.5,
        11.9,
        'AtlasBackupFromTheFuture cards',
        'AtlasBackupOverdue cards',
        'AtlasBackupObjectiveBurn',
      ],
    ],
  },
  {
    title: 'a cluster that was paused for days is resumed',
    world: () => fleetOf(sixHourly('ledger'), sixHourly('cards', 'paused')),
    hours: 14,
    events: [[2, ({ world }, now) => resume(world, projectId, 'cards', now)]],
    expected: [[0.2, 13.9]],
  },
  {
    title: 'a cluster is created',
    world: () => fleetOf(sixHourly('ledger')),
    hours: 14,
    events: [
      [2, ({ world }, now) => world.add(clusterOf(particularsOf('cards', now), 'creating'))],
    ],
    expected: [[0.2, 13.9]],
  },
  {
    title: 'backup is switched on',
    world: () => fleetOf(sixHourly('ledger'), sixHourly('cards', 'neverEnabled')),
    hours: 14,
    events: [[3, ({ world }, now) => switchBackup(world, projectId, 'cards', true, now + minute)]],
    expected: [
      [0.9, 2.9, 'AtlasBackupDisabled cards'],
      [4.5, 13.9],
    ],
  },
  {
    title: 'snapshots taken by hand hide a schedule that stands still',
    world: () => fleetOf(sixHourly('ledger'), hidden('cards', 'missed')),
    hours: 16,
    expected: [
      [0.2, 7.9],
      [9.5, 15.9, 'AtlasBackupNextRunInPast cards', 'AtlasBackupScheduleSilent cards'],
    ],
  },
  {
    title: 'snapshots taken by hand hide a schedule that only announces its runs',
    world: () => fleetOf(sixHourly('ledger'), hidden('cards', 'next')),
    hours: 16,
    expected: [
      [0.2, 7.9],
      [9.5, 15.9, 'AtlasBackupScheduleSilent cards'],
    ],
  },
];
