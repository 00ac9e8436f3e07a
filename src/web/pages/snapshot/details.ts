import type {
  SnapshotDetails,
  SnapshotMember,
  SnapshotPart,
} from '../../../domain/snapshot-details.ts';
import type { UnixSeconds } from '../../../domain/time.ts';
import { type Html, html } from '../../../html/html.ts';
import { bytes, exact, words, yesOrNo } from '../../../html/values.ts';

/** What only a read by its id brings; what Atlas does not say is left out. */
export function detailFacts(details: SnapshotDetails): readonly (readonly [string, Html])[] {
  const { description, replicaSetName, configServerType, copyRegions, incremental } = details;
  const given = (name: string, text: string | undefined) =>
    text === undefined || text === '' ? [] : [[name, html`${text}`] as const];
  return [
    ...given('Description', description),
    ...given('Replica set', replicaSetName),
    ...given('Config servers', configServerType?.toLowerCase()),
    ...given('Copied to', copyRegions.join(', ')),
    ...(incremental === undefined ? [] : [['Incremental', yesOrNo(incremental)] as const]),
  ];
}

/** The shards of a sharded cluster's snapshot. */
export function memberTable(members: readonly SnapshotMember[]): Html {
  if (members.length === 0) return html``;
  return html`<section aria-labelledby="members">
<h2 id="members">Shards</h2>
<table class="stack">
<thead><tr><th scope="col">Replica set</th><th scope="col">Provider</th><th scope="col">Id</th></tr></thead>
<tbody>
${members.map(
  ({
    id,
    cloudProvider,
    replicaSetName,
  }) => html`<tr><th scope="row">${words(replicaSetName)}</th><td data-label="Provider">${words(cloudProvider)}</td><td data-label="Id"><code>${words(id)}</code></td></tr>
`,
)}</tbody>
</table>
</section>`;
}

/** The replica sets of a legacy snapshot. */
export function partTable(parts: readonly SnapshotPart[], now: UnixSeconds): Html {
  if (parts.length === 0) return html``;
  return html`<section aria-labelledby="parts">
<h2 id="parts">Replica sets</h2>
<table class="stack">
<thead><tr><th scope="col">Replica set</th><th scope="col">Kind</th><th scope="col">MongoDB</th><th scope="col">Completed</th><th scope="col" class="number">Storage</th><th scope="col" class="number">Data</th><th scope="col" class="number">Files</th><th scope="col">Encrypted</th></tr></thead>
<tbody>
${parts.map((one) => partRow(one, now))}</tbody>
</table>
</section>`;
}

function partRow(one: SnapshotPart, now: UnixSeconds): Html {
  return html`<tr>
<th scope="row">${words(one.replicaSetName)}</th>
<td data-label="Kind">${words(one.type?.toLowerCase().replaceAll('_', ' '))}</td>
<td data-label="MongoDB">${words(one.mongodbVersion)}</td>
<td data-label="Completed"><div>${exact(one.completedAt, now)}</div></td>
<td data-label="Storage" class="number">${bytes(one.storageSizeBytes)}</td>
<td data-label="Data" class="number">${bytes(one.dataSizeBytes)}</td>
<td data-label="Files" class="number">${bytes(one.fileSizeBytes)}</td>
<td data-label="Encrypted">${yesOrNo(one.encrypted)}</td>
</tr>
`;
}
