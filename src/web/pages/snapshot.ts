import type { ClusterRow } from '../../domain/cluster-view.ts';
import { failureReasons } from '../../domain/failure.ts';
import { at, type Phrase, say } from '../../domain/phrase.ts';
import { isCompleted, type Snapshot } from '../../domain/snapshot.ts';
import type { SnapshotDetails } from '../../domain/snapshot-details.ts';
import type { UnixSeconds } from '../../domain/time.ts';
import { duration } from '../../domain/units.ts';
import { type Html, html, segment, sentence } from '../../html/html.ts';
import { frequencyWords, statusBadge } from '../../html/snapshot-words.ts';
import { bytes, exact, facts, failureFacts, words, yesOrNo } from '../../html/values.ts';
import type { OneSnapshot } from '../../status/one-snapshot.ts';
import { itemWords } from '../../status/policy-words.ts';
import { layout, type PageFacts } from './layout.ts';
import { detailFacts, memberTable, partTable } from './snapshot/details.ts';

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
  return layout(
    { ...site, title: `Snapshot ${shown.id} of ${name}`, root, refreshSeconds: keptSeconds },
    html`<nav class="back" aria-label="Place"><a href="${root}">All clusters</a> › <a href="${cluster}">${name}</a></nav>
<h1>${statusBadge(shown)} Snapshot <code>${shown.id}</code></h1>
${source({ read, row, now, keptSeconds })}
<section class="card" aria-labelledby="facts">
<h2 id="facts">Details</h2>
${facts([...snapshotFacts(shown, row, now), ...(details === undefined ? [] : detailFacts(details))])}
</section>
${details && parts(details, now)}`,
  );
}

function parts(details: SnapshotDetails, now: UnixSeconds): Html {
  return html`${memberTable(details.members)}${partTable(details.parts, now)}`;
}

/** Where the facts come from, and why from no better place. */
function source({ read, row, now, keptSeconds }: Omit<OneSnapshot, 'listed'>): Html {
  const listed = listing(row);
  switch (read.kind) {
    case 'read':
      return html`<p class="muted">${sentence(say`Read from Atlas by its id ${at(read.at)}; read again at most every ${duration(keptSeconds)}.`, now)}</p>`;
    case 'failed': {
      const { reason } = read.failure;
      const gone = reason === 'not_found';
      return html`<div class="notice warning"><p><strong>${gone ? 'Atlas no longer has this snapshot: it has expired, or was deleted.' : 'It could not be read from Atlas by its id.'}</strong> ${gone ? '' : failureReasons[reason]} <small>(${failureFacts(read.failure)})</small></p>
<p>${sentence(say`Tried ${at(read.at)}. ${listed}`, now)}</p></div>`;
    }
    case 'busy':
      return html`<div class="notice warning"><p><strong>Another snapshot is being read from Atlas; they are read one at a time.</strong> Reload the page for more. ${sentence(listed, now)}</p></div>`;
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
): readonly (readonly [string, Html])[] {
  const completed = isCompleted(one) ? one : undefined;
  const items = one.policyItemIds.map((id) => {
    const item = knownPlan?.schedule.policyItems.find((known) => known.id === id);
    const known = item === undefined ? 'not in the last known policy' : itemWords(item);
    return html`<div>${known} <small>(id <code>${id}</code>)</small></div>`;
  });
  return [
    ['Kind', html`${sources[one.source]}${one.type === undefined ? '' : `, ${types[one.type]}`}`],
    ...(one.source === 'cloud' ? ([['Frequency', html`${frequencyWords(one)}`]] as const) : []),
    ['Requested', exact(one.requestedAt, now)],
    ['Taken', exact(completed?.takenAt, now)],
    ...(completed?.finishedAt === undefined
      ? []
      : ([['Finished', exact(completed.finishedAt, now)]] as const)),
    ['Expires', exact(one.expiresAt, now)],
    ['Size', bytes(completed?.sizeBytes)],
    ['MongoDB', words(one.mongodbVersion)],
    ['Provider', words(one.cloudProvider)],
    ['Customer-managed encryption key', yesOrNo(one.encrypted)],
    ['Policy items', items.length === 0 ? html`none` : html`${items}`],
  ];
}
