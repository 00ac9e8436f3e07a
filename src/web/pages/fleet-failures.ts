import { type Html, html, joined, segment, sentence } from '../../html/html.ts';
import { notice, section } from '../../html/section.ts';
import { type ExporterCondition, exporterConditions } from '../../status/exporter-conditions.ts';
import {
  type MissingProject,
  missingOf,
  type ReadFailure,
  readFailuresOf,
  type Scope,
  unreadTitle,
} from '../../status/read-failures.ts';
import type { StatusView } from '../../status/view.ts';

/** What is wrong with the exporter as a whole. */
export function exporterNotices(view: StatusView): readonly Html[] {
  return exporterConditions(view).map((condition) => exporterNotice(condition, view.context.now));
}

function exporterNotice({ name, severity, says }: ExporterCondition, now: number): Html {
  return notice(
    html`<p><strong>${sentence(says, now)}</strong> <code>${name}</code></p>`,
    severity,
  );
}

/** What the last attempts could not read, each with its reason and remedy. */
export function unreadNotice(view: StatusView): Html {
  const [failures, missing] = [readFailuresOf(view), missingOf(view)];
  if (failures.length + missing.length === 0) return html``;
  const items = html`<ul>
${failures.map(failureItem)}${missing.map(missingItem)}</ul>`;
  return section('unread', 'Read failures', items, 'notice warning');
}

/** So many places are named at once. */
const maxNamed = 10;

function failureItem({ unread: what, failure, remedy, scopes }: ReadFailure): Html {
  const named = joined(scopes.slice(0, maxNamed).map(scopeName));
  const more = scopes.length - maxNamed;
  const code = [failure.reason, failure.detail].filter((text) => text !== '').join(', ');
  return html`<li><strong>${unreadTitle(what)} of ${named}${more > 0 && ` and ${more} more`}</strong>: ${remedy} <small>(${code})</small></li>
`;
}

function scopeName({ account, project, cluster }: Scope): Html {
  if (project === undefined) return html`account ${account}`;
  const name = project.name === '' ? project.id : project.name;
  return cluster === undefined
    ? html`project ${name} (account ${account})`
    : html`<a href="./clusters/${segment(project.id)}/${segment(cluster)}">${name}/${cluster}</a>`;
}

function missingItem({ account, named }: MissingProject): Html {
  return html`<li><strong>Project ${named}</strong>: it is in the configuration, but not visible to account ${account}. It was deleted or renamed, or the account lacks a role on it.</li>
`;
}
