import { canHaveBackups } from '../../../domain/cluster.ts';
import type { ClusterRow } from '../../../domain/cluster-view.ts';
import type { UnixSeconds } from '../../../domain/time.ts';
import { span } from '../../../domain/units.ts';
import { type Html, html } from '../../../html/html.ts';
import { section } from '../../../html/section.ts';
import { bytes, count, exact, facts, words, yesOrNo } from '../../../html/values.ts';

const topologies: Readonly<Record<ClusterRow['cluster']['topology'], string>> = {
  replica_set: 'replica set',
  sharded: 'sharded',
  geosharded: 'global (geosharded)',
  flex: 'flex',
  other: 'unknown to this version',
};

/** The most important numbers, and what the cluster is. */
export function summary(row: ClusterRow, now: UnixSeconds): Html {
  return html`<div class="cards overview">
${section('restore', 'What can be restored', facts(restorable(row, now)), 'card')}
${section('changes', 'Since the exporter started', facts(history(row, now)), 'card')}
${section('cluster', 'Cluster', facts(about(row, now)), 'card')}
</div>`;
}

type Facts = Parameters<typeof facts>[0];

function restorable({ known, current, cluster }: ClusterRow, now: UnixSeconds): Facts {
  const { counts, sizeRatio } = current ?? {};
  return [
    ['Newest snapshot', exact(known?.newestCompleted?.takenAt, now)],
    ['Oldest snapshot', exact(known?.oldestCompletedAt, now)],
    ['Recoverable until', exact(known?.recoverableUntil, now)],
    ['Snapshots kept', count(counts?.completed)],
    ['In progress', count(counts && counts.queued + counts.in_progress)],
    ['Failed', count(counts?.failed)],
    ['Newest snapshot size', bytes(current?.newestCompleted?.sizeBytes)],
    sizeRatio !== undefined && ['Relative to usual size', html`${Math.round(sizeRatio * 100)} %`],
    cluster.topology !== 'flex' && ['Total size', bytes(current?.completedSizeBytes)],
  ];
}

function history({ history: seen, changes }: ClusterRow, now: UnixSeconds): Facts {
  return [
    ['Deleted before expiry', counted(seen.vanished, seen.vanishedAt, now)],
    ['Retention reduced', counted(seen.retentionReductions, seen.retentionReducedAt, now)],
    ['Policy changed', exact(changes.policyChangedAt, now)],
    ['Backup switched on', exact(changes.backupOnAt, now)],
    ['Resumed after a pause', exact(changes.resumed?.at, now)],
    ['Paused since', exact(changes.pausedSince, now)],
  ];
}

function counted(times: number, last: UnixSeconds | undefined, now: UnixSeconds): Html {
  return last === undefined ? count(times) : html`${count(times)}, last seen ${exact(last, now)}`;
}

function about(row: ClusterRow, now: UnixSeconds): Facts {
  const { cluster, objective, exempt } = row;
  return [
    ['Project', html`${row.projectName} <code>${cluster.projectId}</code>`],
    ['Organisation', html`<code>${row.orgId}</code>`],
    ['Account', words(row.account)],
    ['Kind', html`${topologies[cluster.topology]}, ${cluster.instanceSize}`],
    ['Provider', words(cluster.cloudProvider)],
    ['MongoDB', words(cluster.mongodbVersion)],
    ['Created', exact(cluster.createdAt, now)],
    ['Backup', html`${backup(row)}`],
    ['Continuous backup', yesOrNo(cluster.pitEnabled)],
    ['Paused', yesOrNo(cluster.paused)],
    ['Objective', words(exempt ? 'exempt' : objective && span(objective.seconds))],
  ];
}

function backup({ cluster }: ClusterRow): string {
  if (!canHaveBackups(cluster)) return 'not available on a free cluster';
  return cluster.backupEnabled ? 'on' : 'switched off';
}
