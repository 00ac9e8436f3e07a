import { isCompleted, type Snapshot } from '../../../domain/snapshot.ts';
import type { UnixSeconds } from '../../../domain/time.ts';
import { type Html, html, moment, segment } from '../../../html/html.ts';
import { frequencyWords, statusBadge } from '../../../html/snapshot-words.ts';
import { bytes } from '../../../html/values.ts';
import type { Explanation } from '../../../status/explanation.ts';

/** So many are shown; those that have not completed in any case, up to as many again. */
const maxShown = 100;
/** What is older is folded away. */
const maxOpen = 12;

/** Every snapshot of the last good listing, newest first. */
export function snapshotSection({ row, snapshots }: Explanation, now: UnixSeconds): Html {
  const shown = snapshotsShown(snapshots);
  const [first, older] = [shown.slice(0, maxOpen), shown.slice(maxOpen)];
  const left = snapshots.length - shown.length;
  const table = (some: readonly Snapshot[]) => html`<table class="stack">
<thead><tr><th scope="col">Taken or requested</th><th scope="col">Status</th><th scope="col">Frequency</th><th scope="col">Expires</th><th scope="col" class="number">Size</th><th scope="col">Id</th></tr></thead>
<tbody>
${some.map((one) => snapshotRow(row.cluster.name, one, now))}</tbody>
</table>`;
  const note =
    left === 0
      ? undefined
      : html`<p>Showing the newest ${maxShown}, and older ones that have not completed. ${left} more are in the <a href="${jsonAddress(row.cluster)}">JSON of this cluster</a>.</p>`;
  return html`<section aria-labelledby="snapshots">
<h2 id="snapshots">Snapshots</h2>
${
  snapshots.length === 0
    ? html`<p>${row.known === undefined ? 'Not read yet.' : 'There are none.'}</p>`
    : html`${note}${table(first)}${
        older.length === 0
          ? undefined
          : html`<details><summary>${older.length} older snapshots</summary>
${table(older)}
</details>`
      }`
}
</section>`;
}

function snapshotsShown(snapshots: readonly Snapshot[]): readonly Snapshot[] {
  const older = snapshots.slice(maxShown).filter((one) => !isCompleted(one));
  return [...snapshots.slice(0, maxShown), ...older.slice(0, maxShown)];
}

export function jsonAddress({ projectId, name }: { projectId: string; name: string }): string {
  return `../../api/v1/clusters/${segment(projectId)}/${segment(name)}`;
}

function snapshotRow(cluster: string, one: Snapshot, now: UnixSeconds): Html {
  const completed = isCompleted(one);
  const requested = completed ? html`` : html` <small>requested</small>`;
  return html`<tr id="s${one.id}">
<th scope="row">${moment(completed ? one.takenAt : one.requestedAt, now)}${requested}</th>
<td data-label="Status">${statusBadge(one)}</td>
<td data-label="Frequency">${frequencyWords(one)}</td>
<td data-label="Expires">${moment(one.expiresAt, now)}</td>
<td data-label="Size" class="number">${bytes(completed ? one.sizeBytes : undefined)}</td>
<td data-label="Id"><a href="./${segment(cluster)}/snapshots/${segment(one.id)}"><code>${one.id}</code></a></td>
</tr>
`;
}
