import type { UnixSeconds } from '../../domain/time.ts';
import { day, forever, hour } from './durations.ts';
import { keptFirings } from './firing.ts';
import { type Scenario, withCloud } from './scenarios.ts';
import { type Cluster, changeBackups } from './world.ts';

/** What happened to some clusters of the demo alone: trouble that has not made them late yet. */
export const demoScenarios = {
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

export type DemoScenarioName = keyof typeof demoScenarios;

function onlyByHand(cluster: Cluster, at: UnixSeconds, retentionDays: number): Cluster {
  return changeBackups(cluster, (backups) => ({
    ...backups,
    policy: { ...backups.policy, items: [] },
    onDemand: [{ at: at - 5 * day, description: 'by hand', retentionDays }],
  }));
}
