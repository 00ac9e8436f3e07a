import { overdueSince } from '../alerting/overdue.ts';
import { itemsNamed } from '../collectors/schedule/policy-words.ts';
import { canHaveBackups } from '../domain/cluster.ts';
import type { ClusterRow } from '../domain/cluster-view.ts';
import { observedIn } from '../domain/collected.ts';
import { decidingItems } from '../domain/deciding-items.ts';
import type { Due } from '../domain/due.ts';
import { lastReadAt } from '../domain/observed.ts';
import { at, type Phrase, say } from '../domain/phrase.ts';
import { planKey } from '../domain/plan.ts';
import type { UnixSeconds } from '../domain/time.ts';
import { duration, span } from '../domain/units.ts';

/** One step of a derivation. */
export type Step = {
  readonly says: Phrase;
  /** The time that is reached with it. Undefined: it leads to none. */
  readonly reached: UnixSeconds | undefined;
};

/** How the due time of a cluster comes about, and how it stands. Without one, why there is none. */
export function dueSteps(row: ClusterRow, now: UnixSeconds): readonly Step[] {
  const { due } = row;
  if (due === undefined) {
    return [
      ...(row.objective === undefined
        ? []
        : [
            {
              says: say`The objective is ${span(row.objective.seconds)}: ${whoSays(row)}`,
              reached: undefined,
            },
          ]),
      { says: noDue(row), reached: undefined },
    ];
  }
  const counted = due.from.at + due.objective.seconds;
  return [
    { says: from(row, due), reached: due.from.at },
    {
      says: say`Plus the objective of ${span(due.objective.seconds)}: ${whoSays(row)}`,
      reached: counted,
    },
    ...postponed(row, due),
    {
      says: say`Plus ${span(due.graceSeconds)} of grace, in which a snapshot may appear (objectives.grace).`,
      reached: due.at,
    },
    { says: standing(row, due, now), reached: undefined },
  ];
}

function from({ known }: ClusterRow, { from: { what } }: Due): Phrase {
  const none = known?.newestCompleted === undefined;
  switch (what) {
    case 'snapshot':
      return say`The newest completed snapshot was taken.`;
    case 'cluster_created':
      return say`No completed snapshot is listed, so the creation of the cluster counts.`;
    case 'backup_on':
      return say`Backup had been seen off, and was seen on again${none ? '' : ', later than the newest completed snapshot was taken'}.`;
  }
}

/** Who says so, as the end of a sentence. */
function whoSays({ objective, knownPlan, collected }: ClusterRow): Phrase {
  switch (objective?.source) {
    case 'override':
      return say`an override of the configuration says so (objectives.overrides).`;
    case 'tag':
      return say`a tag of the cluster says so (objectives.tag names it).`;
    case 'flex':
      return say`Atlas takes one snapshot a day of a flex cluster.`;
    case 'legacy':
      return say`no schedule of legacy backups is slower, and Atlas shows no other of this cluster.`;
    case 'schedule': {
      const items = decidingItems(knownPlan?.schedule.policyItems ?? []);
      const readAt = lastReadAt(observedIn(collected, planKey));
      const together = items.length > 1 ? ' together' : '';
      const allow = items.length > 1 ? 'allow' : 'allows';
      return say`${itemsNamed(items)}${together} ${allow} no longer gap.${readAt === undefined ? '' : say` The policy was read ${at(readAt)}.`}`;
    }
    case undefined:
      return say`none can be told.`;
  }
}

/** What was seen of the cluster, where that puts the due time off. */
function postponed({ changes }: ClusterRow, due: Due): readonly Step[] {
  const reached = due.at - due.graceSeconds;
  const { resumed, tightened } = changes;
  if (due.decidedBy === 'resumed' && resumed !== undefined) {
    const { nextSnapshotAt: next } = resumed;
    const announced =
      next === undefined
        ? say`no run has been announced since, so one objective counts from then`
        : say`the first run announced since is that of ${at(next)}, and it counts up to one objective from then`;
    return [
      {
        says: say`The cluster was paused, and was seen running again ${at(resumed.at)}: ${announced}. That is later.`,
        reached,
      },
    ];
  }
  if (due.decidedBy === 'tightened' && tightened !== undefined) {
    const before = span(tightened.fromSeconds);
    return [
      {
        says: say`The policy was seen ${at(tightened.at)} to ask for more than before. Until then it allowed ${before}: that still counts for the snapshot in progress, up to one objective after the change. That is later.`,
        reached,
      },
    ];
  }
  return [];
}

/** How it stands with a due time. */
function standing(row: ClusterRow, due: Due, now: UnixSeconds): Phrase {
  const readAt = lastReadAt(row.backups);
  if (now <= due.at) return say`The next snapshot is due in ${duration(due.at - now)}.`;
  if (overdueSince(row) !== undefined && readAt !== undefined) {
    return say`Due ${at(due.at)}. Its snapshots were last read ${at(readAt)}, and nothing newer was there: late by ${duration(now - due.at)}.`;
  }
  return say`Due ${at(due.at)}. Its snapshots were last read ${at(readAt ?? 0)}, before that time: whether one was taken is not known.`;
}

function noDue({ cluster, exempt, known, objective, knownPlan }: ClusterRow): Phrase {
  if (!canHaveBackups(cluster)) return say`A free cluster cannot have backups, so none is due.`;
  if (exempt) {
    return say`An override of the configuration exempts this cluster (objectives.overrides, rpo: none): no snapshot is due.`;
  }
  if (!cluster.backupEnabled) return say`Backup is switched off in Atlas, so no snapshot is due.`;
  if (cluster.paused === true) {
    return say`The cluster is paused. Atlas takes no snapshots, so none is due.`;
  }
  if (known === undefined) {
    return say`Its snapshots have not been read yet, so there is nothing to count from.`;
  }
  if (objective === undefined) {
    return knownPlan === undefined
      ? say`Neither override nor tag names an objective, and no schedule of this cluster is known. So no snapshot is due.`
      : say`Neither override nor tag names an objective, and no item of the policy takes snapshots by itself. So no snapshot is due.`;
  }
  return say`No snapshot is due.`;
}
