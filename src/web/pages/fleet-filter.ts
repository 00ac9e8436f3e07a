import { stateNames, states } from '../../alerting/states.ts';
import { type Html, html, joined } from '../../html/html.ts';
import type { FleetQuery, FleetStatus } from '../../status/fleet-status.ts';
import { queryText } from './fleet-query.ts';

/** The status page with another query, as a relative address. */
export function fleetLink(query: FleetQuery): string {
  return `./${queryText(query)}`;
}

/** The fleet in one sentence, and by state; each state is a link that filters. */
export function summary({ counts }: FleetStatus, query: FleetQuery): Html {
  const { total, byState } = counts;
  const chip = (state: FleetQuery['state'], text: string, count: number, tone: string) =>
    html`<li><a class="badge ${tone}" href="${fleetLink({ ...query, state, page: 1 })}"${state === query.state && html` aria-current="true"`}>${text} <b>${count}</b></a></li>
`;
  const chips = [...byState].map(([state, count]) =>
    chip(state, states[state].title, count, states[state].tone),
  );
  return html`<section aria-label="Summary">
<p class="headline" data-announce>${headline(counts)}</p>
<ul class="chips" aria-label="Clusters by state">
${chip(undefined, 'All', total, 'plain')}${chips}</ul>
</section>`;
}

function headline({ total, bySeverity, calmByState }: FleetStatus['counts']): Html {
  const { critical, warning, info } = bySeverity;
  const ok = calmByState.get('ok') ?? 0;
  const others = [...calmByState].filter(([state]) => state !== 'ok');
  const other = others.reduce((sum, [, count]) => sum + count, 0);
  const named = others.map(([state, count]) => `${count} ${states[state].title}`).join(', ');
  const parts = [
    critical > 0 && html`<strong class="critical">${critical} critical</strong>`,
    warning > 0 && html`<strong class="warning">${warning} warning</strong>`,
    info > 0 && html`${info} info`,
    ok > 0 && html`${ok} OK`,
    other > 0 && html`${other} other (${named})`,
  ].filter((part) => part !== false);
  const clusters = total === 1 ? '1 cluster' : `${total} clusters`;
  return parts.length === 0 ? html`${clusters}.` : html`${clusters}: ${joined(parts)}.`;
}

/** Works without a script; with it, while it is typed. */
export function filterForm(query: FleetQuery): Html {
  const { project, cluster, state } = query;
  const unfiltered: FleetQuery = { ...query, project: '', cluster: '', state: undefined, page: 1 };
  const options = stateNames.map(
    (name) =>
      html`<option value="${name}"${name === state && html` selected`}>${states[name].title}</option>
`,
  );
  // What the form does not show goes on with it.
  const hidden = [...new URLSearchParams(queryText(unfiltered))].map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">
`,
  );
  const filtered = project !== '' || cluster !== '' || state !== undefined;
  return html`<form class="filter" action="./" method="get" role="search" aria-label="Clusters" data-live>
<label for="project">Project</label> <input id="project" name="project" value="${project}" maxlength="100" autocomplete="off" spellcheck="false">
<label for="cluster">Cluster</label> <input id="cluster" name="cluster" value="${cluster}" maxlength="100" autocomplete="off" spellcheck="false">
<label for="state">State</label> <select id="state" name="state">
<option value="">Any</option>
${options}</select>
${hidden}<button>Filter</button>
${filtered && html`<a href="${fleetLink(unfiltered)}">Clear</a>`}
</form>`;
}

/** The way through a list that does not fit one page. */
export function pager({ matching, pages, lines }: FleetStatus, query: FleetQuery): Html {
  if (matching === 0) return html`<p>No cluster matches the filter.</p>`;
  const { page, perPage } = query;
  if (pages === 1 && page === 1) return html``;
  const first = (page - 1) * perPage + 1;
  const link = (to: number, text: string, rel: string) =>
    to !== page &&
    to >= 1 &&
    to <= pages &&
    html`<a href="${fleetLink({ ...query, page: to })}" rel="${rel}">${text}</a>
`;
  const shown =
    lines.length === 0
      ? `There is no page ${page}.`
      : `${first} to ${first + lines.length - 1} of ${matching}, page ${page} of ${pages}`;
  return html`<nav class="pager" aria-label="Pages">
<span>${shown}</span>
${link(1, 'First', 'first')}${link(Math.min(page - 1, pages), 'Previous', 'prev')}${link(page + 1, 'Next', 'next')}${link(pages, 'Last', 'last')}</nav>`;
}
