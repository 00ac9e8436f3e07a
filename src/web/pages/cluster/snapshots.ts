import { isCompleted, type Snapshot } from '../../../domain/snapshot.ts';
import type { UnixSeconds } from '../../../domain/time.ts';
import { type Html, html, moment, segment } from '../../../html/html.ts';
import { section } from '../../../html/section.ts';
import { frequencyWords, shownAt, statusBadge } from '../../../html/snapshot-words.ts';
import { table } from '../../../html/table.ts';
import { bytes } from '../../../html/values.ts';
import type { Explanation } from '../../../status/explanation.ts';

/** So many are shown; those that have not completed in any case, up to as many again. */
const maxShown = 100;
/** What is older is folded away. */
const maxOpen = 12;

/** Every snapshot of the last good listing, newest first. */
export function snapshotSection({ row, snapshots }: Explanation, now: UnixSeconds): Html {
  const { cluster, known } = row;
  const shown = snapshotsShown(snapshots);
  const [first, older] = [shown.slice(0, maxOpen), shown.slice(maxOpen)];
  const left = snapshots.length - shown.length;
  const note =
    left > 0 &&
    html`<p>Showing the newest ${maxShown}, and older ones that have not completed. ${left} more are in the <a href="${jsonAddress(cluster)}">JSON of this cluster</a>.</p>`;
  const folded =
    older.length > 0 &&
    html`<details><summary>${older.length} older snapshots</summary>
${snapshotTable(cluster.name, older, now)}</details>`;
  return section(
    'snapshots',
    'Snapshots',
    first.length === 0
      ? html`<p>${known === undefined ? 'Not read yet.' : 'There are none.'}</p>`
      : html`${note}${snapshotTable(cluster.name, first, now)}${folded}`,
  );
}

function snapshotsShown(snapshots: readonly Snapshot[]): readonly Snapshot[] {
  const older = snapshots.slice(maxShown).filter((one) => !isCompleted(one));
  return [...snapshots.slice(0, maxShown), ...older.slice(0, maxShown)];
}

export function jsonAddress({ projectId, name }: { projectId: string; name: string }): string {
  return `../../api/v1/clusters/${segment(projectId)}/${segment(name)}`;
}

function snapshotTable(cluster: string, snapshots: readonly Snapshot[], now: UnixSeconds): Html {
  const address = (id: string) => `./${segment(cluster)}/snapshots/${segment(id)}`;
  return table(
    [
      { heading: 'Taken or requested', cell: (one) => taken(one, now) },
      { heading: 'Status', cell: statusBadge },
      { heading: 'Frequency', cell: (one) => html`${frequencyWords(one)}` },
      { heading: 'Expires', cell: ({ expiresAt }) => moment(expiresAt, now) },
      {
        heading: 'Size',
        number: true,
        cell: (one) => bytes(isCompleted(one) ? one.sizeBytes : undefined),
      },
      { heading: 'Id', cell: ({ id }) => html`<a href="${address(id)}"><code>${id}</code></a>` },
    ],
    snapshots,
    ({ id }) => html` id="s${id}"`,
  );
}

function taken(one: Snapshot, now: UnixSeconds): Html {
  const requested = isCompleted(one) ? undefined : html` <small>requested</small>`;
  return html`${moment(shownAt(one), now)}${requested}`;
}
