import { overdueSince } from '../../alerting/overdue.ts';
import type { ClusterRow } from '../../domain/cluster-view.ts';
import { failureOf, lastReadAt } from '../../domain/observed.ts';
import type { UnixSeconds } from '../../domain/time.ts';
import { byteSize, duration } from '../../domain/units.ts';
import { type Html, html, marked, moment, segment, sentence } from '../../html/html.ts';
import { sparkline } from '../../html/sparkline.ts';
import { labelled } from '../../html/table.ts';
import type { FleetLine, SortKey } from '../../status/fleet-order.ts';
import type { FleetQuery, FleetStatus } from '../../status/fleet-status.ts';
import { reasonOf } from '../../status/judgement.ts';
import type { StatusView } from '../../status/view.ts';
import { stateBadge } from './badge.ts';
import { fleetLink } from './fleet-filter.ts';
import { firstDirection } from './fleet-query.ts';

type Column = {
  readonly by: SortKey;
  readonly heading: string;
  readonly about: string;
  readonly cell: (row: ClusterRow, now: UnixSeconds) => Html;
};

/** What there is beside the name of a cluster; each can be sorted by. */
const columns: readonly Column[] = [
  {
    by: 'newest',
    heading: 'Newest',
    about: 'Age of the newest completed snapshot',
    cell: ({ known }, now) => moment(known?.newestCompleted?.takenAt, now),
  },
  {
    by: 'due',
    heading: 'Next due',
    about: 'When the next completed snapshot must exist',
    cell: dueCell,
  },
  {
    by: 'size',
    heading: 'Size',
    about: 'Size of the newest completed snapshot, with a chart of up to 20',
    cell: ({ current }) => {
      const size = current?.newestCompleted?.sizeBytes;
      return size === undefined
        ? html`–`
        : html`${byteSize(size)} ${sparkline(current?.listing.snapshots)}`;
    },
  },
  {
    by: 'expires',
    heading: 'Expires',
    about: 'When the newest completed snapshot is deleted',
    cell: ({ known }, now) => moment(known?.newestCompleted?.expiresAt, now),
  },
  {
    by: 'recoverable',
    heading: 'Recoverable until',
    about: 'When the last snapshot that can be restored is deleted, if no more is taken',
    cell: ({ known }, now) => moment(known?.recoverableUntil, now),
  },
  {
    by: 'kept',
    heading: 'Snapshots kept',
    about: 'Completed snapshots',
    cell: ({ current }) => html`${current?.counts.completed ?? '–'}`,
  },
  {
    by: 'read',
    heading: 'Last read',
    about: 'When its snapshots were last read in full',
    cell: ({ backups }, now) => {
      const readAt = lastReadAt(backups);
      if (failureOf(backups) === undefined) return moment(readAt, now);
      return readAt === undefined
        ? html`never <small>(failing)</small>`
        : html`${moment(readAt, now)} <small>(failing since)</small>`;
    },
  },
];

function dueCell(row: ClusterRow, now: UnixSeconds): Html {
  const { due } = row;
  if (due === undefined) return html`–`;
  if (due.at >= now) return html`due ${moment(due.at, now)}`;
  // Late is only what was looked for after the deadline.
  return overdueSince(row) === undefined
    ? html`was due ${moment(due.at, now)}`
    : html`<span class="critical late">${marked(due.at, `late by ${duration(now - due.at)}`)}</span>`;
}

/** The clusters of one page. */
export function clusterTable({ lines }: FleetStatus, query: FleetQuery, view: StatusView): Html {
  const heads = columns.map(({ by, heading, about }) => head(by, heading, about, query));
  return html`<table class="fleet stack">
<thead><tr>
${head('severity', 'State', 'Worst first', query)}${head('cluster', 'Cluster', 'By name', query)}${heads}</tr></thead>
<tbody>
${lines.map((line) => rowOf(line, view))}</tbody>
</table>`;
}

function head(by: SortKey, heading: string, about: string, query: FleetQuery): Html {
  const { order } = query;
  const sorted = order.by === by;
  const turned = order.direction === 'ascending' ? 'descending' : 'ascending';
  const direction = sorted ? turned : firstDirection(by);
  const link = fleetLink({ ...query, order: { by, direction }, page: 1 });
  return html`<th scope="col"${sorted && html` aria-sort="${order.direction}"`}><a href="${link}" title="${about}">${heading}</a></th>
`;
}

function rowOf(line: FleetLine, view: StatusView): Html {
  const { row, judgement } = line;
  const { projectId, name } = row.cluster;
  const address = `./clusters/${segment(projectId)}/${segment(name)}`;
  const cells = columns.map(({ heading, cell }) => labelled(heading, cell(row, view.context.now)));
  return html`<tr class="${judgement.severity ?? 'calm'}" data-project="${projectId}" data-cluster="${name}" data-state="${judgement.state}">
<td>${stateBadge(judgement.state)}</td>
<th scope="row"><a href="${address}">${row.projectName}/<b>${name}</b></a>${why(line, view)}</th>
${cells}</tr>
`;
}

/** The reason, and the alerts by the names that a pager shows. Nothing where all is well. */
function why({ row, judgement }: FleetLine, { context }: StatusView): Html {
  const { state, conditions } = judgement;
  if (state === 'ok' && conditions.length === 0) return html``;
  const names = conditions.map(
    ({ condition: { alert } }) => html`<li><code>${alert.name}</code></li>`,
  );
  const alerts = names.length > 0 && html`<ul class="alerts" aria-label="Alerts">${names}</ul>`;
  return html`
<p class="${names.length === 0 ? 'muted' : 'why'}">${sentence(reasonOf(row, judgement, context), context.now)}</p>${alerts}`;
}
