import { itemWords } from '../../collectors/schedule/policy-words.ts';
import type { ClusterRow } from '../../domain/cluster-view.ts';
import { failureReasons } from '../../domain/failure.ts';
import { at, type Phrase, say } from '../../domain/phrase.ts';
import { isCompleted, type Snapshot } from '../../domain/snapshot.ts';
import type { UnixSeconds } from '../../domain/time.ts';
import { span } from '../../domain/units.ts';
import { type Html, html, segment, sentence } from '../../html/html.ts';
import { notice, section } from '../../html/section.ts';
import { frequencyWords, statusBadge } from '../../html/snapshot-words.ts';
import { bytes, exact, facts, failureFacts, words, yesOrNo } from '../../html/values.ts';
import type { OneSnapshot } from '../../status/one-snapshot.ts';
import { layout, type PageFacts } from './layout.ts';
import { detailFacts, memberSection, partSection } from './snapshot/details.ts';

const root = '../../../../';

/** The page of one snapshot: what Atlas says of it by its id, or else its listing. */
export function snapshotPage(
  { row, listed, read, now, keptSeconds }: OneSnapshot,
  site: PageFacts,
): string {
  const shown: Snapshot = read.kind === 'read' ? read.value : listed;
  const details = read.kind === 'read' ? read.value.details : undefined;
  const name = `${row.projectName}/${row.cluster.name}`;
  const cluster = `../../${segment(row.cluster.name)}`;
  const known = [...snapshotFacts(shown, row, now), ...(details ? detailFacts(details) : [])];
  return layout(
    { ...site, title: `Snapshot ${shown.id} of ${name}`, root, refreshSeconds: keptSeconds },
    html`<nav class="back" aria-label="Place"><a href="${root}">All clusters</a> › <a href="${cluster}">${name}</a></nav>
<h1>${statusBadge(shown)} Snapshot <code>${shown.id}</code></h1>
${source({ read, row, now, keptSeconds })}
${section('facts', 'Details', facts(known), 'card')}
${details && html`${memberSection(details.members)}${partSection(details.parts, now)}`}`,
  );
}

/** Where the facts come from, and why from no better place. */
function source({ read, row, now, keptSeconds }: Omit<OneSnapshot, 'listed'>): Html {
  const listed = listing(row);
  switch (read.kind) {
    case 'read':
      return html`<p class="muted">${sentence(say`Read from Atlas by its id at ${at(read.at)}; cached for ${span(keptSeconds)}.`, now)}</p>`;
    case 'failed': {
      const { reason } = read.failure;
      const what =
        reason === 'not_found'
          ? html`<strong>Atlas no longer has this snapshot: it has expired, or was deleted.</strong>`
          : html`<strong>It could not be read from Atlas by its id.</strong> ${failureReasons[reason]}`;
      return notice(
        html`<p>${what} <small>(${failureFacts(read.failure)})</small></p>
<p>${sentence(say`Tried at ${at(read.at)}. ${listed}`, now)}</p>`,
        'warning',
      );
    }
    case 'busy':
      return notice(
        html`<p><strong>Another snapshot is being read from Atlas; they are read one at a time.</strong> Reload the page for more. ${sentence(listed, now)}</p>`,
        'warning',
      );
    case 'unasked':
      return html`<p class="muted">${sentence(listed, now)}</p>`;
  }
}

function listing({ backups }: ClusterRow): Phrase {
  return 'at' in backups
    ? say`Showing the listing of ${at(backups.at)}.`
    : say`Showing the last listing.`;
}

const sources = {
  cloud: 'Cloud backup',
  flex: 'Flex backup',
  legacy: 'Legacy backup',
} as const satisfies Readonly<Record<Snapshot['source'], string>>;

const types = {
  on_demand: 'on demand',
  scheduled: 'scheduled',
  fallback: 'fallback: taken by another method because the usual one failed',
  other: 'unknown to this version',
} as const;

function snapshotFacts(
  one: Snapshot,
  { knownPlan }: ClusterRow,
  now: UnixSeconds,
): Parameters<typeof facts>[0] {
  const { takenAt, finishedAt, sizeBytes } = isCompleted(one) ? one : {};
  const items = one.policyItemIds.map((id) => {
    const item = knownPlan?.schedule.policyItems.find((known) => known.id === id);
    const known = item === undefined ? 'not in the last known policy' : itemWords(item);
    return html`<div>${known} <small>(id <code>${id}</code>)</small></div>`;
  });
  return [
    ['Kind', html`${sources[one.source]}${one.type && `, ${types[one.type]}`}`],
    one.source === 'cloud' && ['Frequency', html`${frequencyWords(one)}`],
    ['Requested', exact(one.requestedAt, now)],
    ['Taken', exact(takenAt, now)],
    finishedAt !== undefined && ['Finished', exact(finishedAt, now)],
    ['Expires', exact(one.expiresAt, now)],
    ['Size', bytes(sizeBytes)],
    ['MongoDB', words(one.mongodbVersion)],
    ['Provider', words(one.cloudProvider)],
    ['Customer-managed encryption key', yesOrNo(one.encrypted)],
    ['Policy items', items.length === 0 ? html`none` : html`${items}`],
  ];
}
