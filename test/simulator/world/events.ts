import type { UnixSeconds } from '../../../src/domain/time.ts';
import {
  type Backups,
  pauseSchedule,
  steadyBackups,
  stopSchedule,
} from '../../../src/simulator/world/backups.ts';
import { forever } from '../../../src/simulator/world/durations.ts';
import { defaultRules, policyOf } from '../../../src/simulator/world/policy.ts';
import { changeBackups, type World } from '../../../src/simulator/world/world.ts';

/** Pausing stops the schedule; the snapshots go on expiring. */
export function pause(world: World, projectId: string, name: string, at: UnixSeconds): void {
  world.change(projectId, name, (cluster) => ({
    ...changeBackups(cluster, (backups) => pauseSchedule(backups, at)),
    paused: true,
  }));
}

/** The schedule fires again; what has not expired of the snapshots is still there. */
export function resume(world: World, projectId: string, name: string, at: UnixSeconds): void {
  world.change(projectId, name, (cluster) => ({
    ...changeBackups(cluster, (backups) => resumed(backups, at)),
    paused: false,
  }));
}

function resumed(backups: Backups, at: UnixSeconds): Backups {
  const pauses = backups.pauses.map((span) =>
    span.until === forever ? { ...span, until: at } : span,
  );
  return { ...backups, pauses };
}

/** Cloud backup of a dedicated cluster. Switched off, its snapshots go on expiring. */
export function switchBackup(
  world: World,
  projectId: string,
  name: string,
  on: boolean,
  at: UnixSeconds,
): void {
  world.change(projectId, name, (cluster) =>
    on
      ? { ...cluster, cloudBackup: true, cloud: begun(cluster.cloud, at, cluster.seed) }
      : { ...changeBackups(cluster, (backups) => stopSchedule(backups, at)), cloudBackup: false },
  );
}

/** With the policy there was, or with Atlas's own. What was kept is gone. */
function begun(before: Backups | undefined, at: UnixSeconds, seed: number): Backups {
  const reference = { hour: new Date(at * 1000).getUTCHours(), minute: seed % 60 };
  const policy = before?.policy ?? policyOf(defaultRules, reference, at, seed);
  return steadyBackups(policy, { from: at, until: forever });
}
