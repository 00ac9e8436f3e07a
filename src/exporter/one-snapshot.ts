import { readSnapshot } from '../atlas/read-snapshot.ts';
import { clusterKey } from '../domain/cluster.ts';
import { unpacked } from '../domain/packed-snapshots.ts';
import { rowNamed } from '../status/explanation.ts';
import type { OneSnapshot, SnapshotAddress } from '../status/one-snapshot.ts';
import type { StatusView } from '../status/view.ts';
import type { OpenAccount } from './accounts.ts';
import type { SnapshotReader } from './snapshot-reader.ts';

type Means = {
  readonly view: () => Promise<StatusView>;
  readonly accounts: readonly OpenAccount[];
  readonly reader: SnapshotReader;
  readonly ask: boolean;
};

/** One snapshot that the generation knows; only such a one is worth a call to Atlas. */
export async function oneSnapshot(
  { project, cluster, id }: SnapshotAddress,
  { view, accounts, reader, ask }: Means,
): Promise<OneSnapshot | undefined> {
  const { context, ...rest } = await view();
  const row = rowNamed(rest, project, cluster);
  const listed = row?.known && unpacked(row.known.listing.snapshots).find((one) => one.id === id);
  const account = accounts.find(({ name }) => name === row?.account);
  if (row === undefined || listed === undefined || account === undefined) return undefined;
  const key = `${clusterKey(row.cluster)}/${row.cluster.id}/${id}`;
  const keptSeconds = context.pollIntervalSeconds;
  const read = ask
    ? await reader.read(
        key,
        (patience) => readSnapshot(account, row.cluster, id, patience),
        keptSeconds,
      )
    : (reader.known(key) ?? { kind: 'unasked' as const });
  // It may have been read since.
  const now = Math.max(context.now, 'at' in read ? read.at : 0);
  return { row, listed, read, now, keptSeconds };
}
