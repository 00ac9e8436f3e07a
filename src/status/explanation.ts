import { type KeptItem, keptItems } from '../collectors/schedule/policy.ts';
import type { ClusterRow } from '../domain/cluster-view.ts';
import { unpacked } from '../domain/packed-snapshots.ts';
import { at, type Phrase, say } from '../domain/phrase.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { span } from '../domain/units.ts';
import { type ActiveAlert, activeAlerts } from './active-alerts.ts';
import { dueSteps, type Step } from './due-steps.ts';
import { type InputRead, inputReads } from './input-reads.ts';
import { type Judgement, judge, reasonOf } from './judgement.ts';
import type { StatusView } from './view.ts';

/** All that explains one cluster, for a page or for JSON. */
export type Explanation = {
  readonly row: ClusterRow;
  readonly judgement: Judgement;
  readonly reason: Phrase;
  readonly activeAlerts: readonly ActiveAlert[];
  readonly due: readonly Step[];
  readonly nextRun: Phrase | undefined;
  readonly items: readonly KeptItem[];
  /** Of the last good listing, the one requested last first. */
  readonly snapshots: readonly Snapshot[];
  readonly reads: readonly InputRead[];
  /** What is left out because its read was too long ago. */
  readonly leftOut: Phrase | undefined;
};

/** Undefined: the generation does not know the cluster. */
export function rowNamed(
  { rows }: Pick<StatusView, 'rows'>,
  projectId: string,
  name: string,
): ClusterRow | undefined {
  return rows.find(({ cluster }) => cluster.projectId === projectId && cluster.name === name);
}

export function explain(row: ClusterRow, view: StatusView): Explanation {
  const { context } = view;
  const judgement = judge(row, context);
  return {
    row,
    judgement,
    reason: reasonOf(row, judgement, context),
    activeAlerts: activeAlerts(row, judgement, view),
    due: dueSteps(row, context.now),
    nextRun: nextRun(row),
    items: keptItems(row),
    snapshots: (row.known === undefined ? [] : unpacked(row.known.listing.snapshots)).toSorted(
      (one, other) => other.requestedAt - one.requestedAt || (one.id < other.id ? 1 : -1),
    ),
    reads: inputReads(row, view),
    leftOut: leftOut(row, view),
  };
}

function nextRun({ knownPlan, announcementOutdated, cluster }: ClusterRow): Phrase | undefined {
  if (knownPlan === undefined) return undefined;
  const next = knownPlan.schedule.nextSnapshotAt;
  if (next === undefined) return say`The schedule announces no next run.`;
  if (announcementOutdated) {
    return say`The schedule announced its next run for ${at(next)}. That has passed, and Atlas could not be asked for the one after.`;
  }
  const idle = cluster.paused === true ? ' While the cluster is paused, it does not come.' : '';
  return say`The schedule announces its next run for ${at(next)}.${idle}`;
}

function leftOut(
  { state, currentPlan, knownPlan }: ClusterRow,
  { settings }: StatusView,
): Phrase | undefined {
  const patience = span(settings.maxStalenessSeconds);
  if (state === 'expired') {
    return say`Its snapshots were last read more than ${patience} ago (poll.max_staleness). What does not age by itself is left out of the numbers below and of /metrics: counts, sizes, ratios, what is in progress and how the last one ended.`;
  }
  if (knownPlan !== undefined && currentPlan === undefined) {
    return say`Its schedule could not be read for too long (poll.max_staleness). What it says is left out of the numbers below and of /metrics.`;
  }
  return undefined;
}
