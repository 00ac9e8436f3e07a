import type {
  SnapshotDetails,
  SnapshotMember,
  SnapshotPart,
} from '../../../domain/snapshot-details.ts';
import type { UnixSeconds } from '../../../domain/time.ts';
import { type Html, html } from '../../../html/html.ts';
import { section } from '../../../html/section.ts';
import { table } from '../../../html/table.ts';
import { bytes, exact, type Fact, words, yesOrNo } from '../../../html/values.ts';

/** What only a read by its id brings; what Atlas does not say is left out. */
export function detailFacts(details: SnapshotDetails): readonly Fact[] {
  const { description, replicaSetName, configServerType, copyRegions, incremental } = details;
  const given: readonly (readonly [string, string | undefined])[] = [
    ['Description', description],
    ['Replica set', replicaSetName],
    ['Config servers', configServerType?.toLowerCase()],
    ['Copied to', copyRegions.join(', ')],
  ];
  return [
    ...given.flatMap(([name, text]): readonly Fact[] => (text ? [[name, html`${text}`]] : [])),
    ...(incremental === undefined ? [] : [['Incremental', yesOrNo(incremental)] as const]),
  ];
}

/** The shards of a sharded cluster's snapshot. */
export function memberSection(members: readonly SnapshotMember[]): Html {
  if (members.length === 0) return html``;
  const shards = table<SnapshotMember>(
    [
      { heading: 'Replica set', cell: ({ replicaSetName }) => words(replicaSetName) },
      { heading: 'Provider', cell: ({ cloudProvider }) => words(cloudProvider) },
      { heading: 'Id', cell: ({ id }) => html`<code>${words(id)}</code>` },
    ],
    members,
  );
  return section('members', 'Shards', shards);
}

/** The replica sets of a legacy snapshot. */
export function partSection(parts: readonly SnapshotPart[], now: UnixSeconds): Html {
  if (parts.length === 0) return html``;
  const replicaSets = table<SnapshotPart>(
    [
      { heading: 'Replica set', cell: (one) => words(one.replicaSetName) },
      { heading: 'Kind', cell: (one) => words(one.type?.toLowerCase().replaceAll('_', ' ')) },
      { heading: 'MongoDB', cell: (one) => words(one.mongodbVersion) },
      { heading: 'Completed', cell: (one) => exact(one.completedAt, now) },
      { heading: 'Storage', number: true, cell: (one) => bytes(one.storageSizeBytes) },
      { heading: 'Data', number: true, cell: (one) => bytes(one.dataSizeBytes) },
      { heading: 'Files', number: true, cell: (one) => bytes(one.fileSizeBytes) },
      { heading: 'Encrypted', cell: (one) => yesOrNo(one.encrypted) },
    ],
    parts,
  );
  return section('parts', 'Replica sets', replicaSets);
}
