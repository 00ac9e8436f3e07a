import { type Html, html, inUtc, moment } from '../../html/html.ts';
import { notice } from '../../html/section.ts';
import { type FleetQuery, fleetStatus } from '../../status/fleet-status.ts';
import type { StatusView } from '../../status/view.ts';
import { exporterNotices, unreadNotice } from './fleet-failures.ts';
import { filterForm, pager, summary } from './fleet-filter.ts';
import { clusterTable } from './fleet-table.ts';
import { layout, type PageFacts } from './layout.ts';

const title = 'Backup status, MongoDB Atlas backups';

/** The page at `/`: every cluster, the most urgent first. */
export function fleetPage(view: StatusView, query: FleetQuery, facts: PageFacts): string {
  const frame = { ...facts, title, root: './' };
  if (view.generation.polls.lastCompletedAt === 0) {
    return layout({ ...frame, refreshSeconds: 2 }, firstPoll(view));
  }
  const status = fleetStatus(view, query);
  return layout(
    frame,
    html`<h1>Backup status</h1>
${freshness(view)}
${exporterNotices(view)}
${view.rows.length === 0 ? nothing() : summary(status, query)}
${unreadNotice(view)}
${filterForm(query)}
${clusterTable(status, query, view)}
${pager(status, query)}`,
  );
}

/** How old the data on the page is. */
function freshness(view: StatusView): Html {
  const { pollInProgress, stateFileAt, context } = view;
  const { polls } = view.generation;
  const { now } = context;
  const whole =
    !polls.success &&
    polls.lastSuccessAt > 0 &&
    html` The last complete poll ended ${moment(polls.lastSuccessAt, now)}.`;
  const restored =
    stateFileAt !== undefined &&
    html` <strong>Restarted since: this is from the state file of ${moment(stateFileAt, now)}.</strong>`;
  return html`<p class="muted">As of <span data-now="${now}">${inUtc(now)}</span>.${restored} The last poll of Atlas ended ${moment(polls.lastCompletedAt, now)} and ${polls.success ? 'was complete' : 'was incomplete'}.${whole}${pollInProgress && ' A poll is running.'}</p>`;
}

function firstPoll({ pollInProgress }: StatusView): Html {
  const how = pollInProgress
    ? 'It is running; this page refreshes itself.'
    : 'It has not started, or it failed: see the log of the exporter.';
  return html`<h1>Backup status</h1>
${notice(html`<p><strong>The first poll of Atlas has not ended yet.</strong> ${how}</p>`)}`;
}

function nothing(): Html {
  return notice(html`<p><strong>No cluster is in scope.</strong> Check that</p>
<ul>
<li>the API key or service account has the role Project Read Only on the projects;</li>
<li>the configuration includes them: <code>projects</code> and <code>clusters</code> of each account, and <code>--shard</code>;</li>
<li>the projects have clusters.</li>
</ul>
<p><code>check --online</code> shows what each account can see.</p>`);
}
