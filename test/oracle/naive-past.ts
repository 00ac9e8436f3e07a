import { type Belief, believe } from './naive-belief.ts';
import { type NaiveSnapshot, snapshotsOf } from './naive-snapshot.ts';
import type { RawBackups, RawCluster, RawProject } from './raw-replies.ts';

/** What the readings so far leave behind of one cluster. */
export type Past = {
  readonly project: RawProject;
  readonly backups: RawBackups;
  readonly snapshots: readonly NaiveSnapshot[];
  readonly readAt: number;
  readonly worked: boolean;
  readonly doubted: boolean;
  readonly missing: number;
  readonly vanished: number;
  readonly reductions: number;
  readonly watched: { readonly id: string; readonly seconds: number } | undefined;
  /** Backups are taken of it. */
  readonly on: boolean;
  readonly switchedOnAt: number | undefined;
  readonly resumedAt: number | undefined;
  /** Of its schedule; none where there is none to be asked for. */
  readonly beliefs: readonly Belief[];
};

export function read(
  project: RawProject,
  backups: RawBackups,
  before: Past | undefined,
  now: number,
): Past {
  const snapshots = snapshotsOf(backups);
  const known = {
    project,
    backups,
    missing: 0,
    ...seenOfSchedule(backups, snapshots, before, now),
  };
  const newly = { ...known, snapshots, readAt: now, worked: true, doubted: false };
  if (before === undefined) return { ...newly, vanished: 0, reductions: 0, watched: undefined };
  const newestBefore = newestOf(before.snapshots);
  const newest = newestOf(snapshots);
  const lost =
    newestBefore !== undefined &&
    newestBefore.expires > now &&
    newestBefore.taken > (newest?.taken ?? 0);
  if (lost && !before.doubted) return { ...before, ...known, worked: false, doubted: true };
  let { vanished, reductions, watched } = before;
  for (const old of before.snapshots) {
    if (old.status !== 'completed') continue;
    const still = snapshots.find(({ id }) => id === old.id);
    if (still === undefined && old.expires > now) vanished += 1;
    if (still !== undefined && still.expires < old.expires) reductions += 1;
  }
  if (newest?.id !== watched?.id) {
    const pending = before.snapshots.find(({ id }) => id === newest?.id);
    watched =
      newest !== undefined && pending !== undefined && pending.status !== 'completed'
        ? { id: newest.id, seconds: now - newest.requested }
        : undefined;
  }
  return { ...newly, vanished, reductions, watched };
}

function seenOfSchedule(
  { cluster, isFlex, schedule }: RawBackups,
  listed: readonly NaiveSnapshot[],
  before: Past | undefined,
  now: number,
): Pick<Past, 'on' | 'switchedOnAt' | 'resumedAt' | 'beliefs'> {
  const on = isBackedUp(cluster, isFlex);
  const switchedOnAt = before?.on === false && on ? now : before?.switchedOnAt;
  const wasPaused = before?.backups.cluster.paused;
  const resumed = wasPaused === true && cluster.paused === false;
  const resumedAt = resumed ? now : before?.resumedAt;
  const changed = before?.on !== on || wasPaused !== cluster.paused;
  const sight = { now, schedule, listed, changed, resumed, resumedAt };
  const beliefs = on && !isFlex ? believe(before?.beliefs ?? [], sight) : [];
  return { on, switchedOnAt, resumedAt, beliefs };
}

function newestOf(snapshots: readonly NaiveSnapshot[]): NaiveSnapshot | undefined {
  return completedOf(snapshots).at(-1);
}

/** Oldest first. */
export function completedOf(snapshots: readonly NaiveSnapshot[]): NaiveSnapshot[] {
  return snapshots.filter(({ status }) => status === 'completed').sort((a, b) => a.taken - b.taken);
}

/** API v2 tells of both kinds of backup together, v1.0 of each apart. */
function isBackedUp(cluster: RawCluster, isFlex: boolean): boolean {
  if (isFlex) return cluster.backupSettings?.enabled === true;
  return cluster.backupEnabled === true || cluster.providerBackupEnabled === true;
}
