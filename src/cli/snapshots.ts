import type { Listing } from '../atlas/listing.ts';
import {
  type ListSnapshots,
  listBackups,
  listLegacy,
  mayHaveLegacy,
} from '../atlas/listing-kind.ts';
import { readSnapshot } from '../atlas/read-snapshot.ts';
import { AtlasError } from '../atlas/transport/failure.ts';
import type { Deadline } from '../atlas/transport/message.ts';
import { type Cluster, canHaveBackups } from '../domain/cluster.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { systemClock } from '../domain/time.ts';
import type { OpenAccount } from '../exporter/accounts.ts';
import { snapshotRecordOf } from '../web/api/snapshot-record.ts';
import { versionOf } from '../web/api/values.ts';
import { clusterNamed, projectNamed } from './accounts.ts';
import { configurationToConnect } from './configuration.ts';
import { printed } from './output.ts';
import { oneOf } from './overrides.ts';
import { progress } from './progress.ts';
import { accountNamed, reading } from './reading.ts';
import { snapshotFacts, snapshotTable } from './snapshot-text.ts';
import { CommandError, type FlagValues, type Run } from './usage.ts';

export const listSnapshots: Run = async (values, [project = '', cluster = '']) => {
  const { show, end } = progress('Reading Atlas');
  try {
    show(0, 3);
    const snapshots = await about(values, project, async (account, groupId, deadline) => {
      show(1, 3);
      const found = await backedUpCluster(account, groupId, cluster, deadline);
      show(2, 3);
      return allSnapshots(account, found, deadline);
    });
    end();
    const newestFirst = snapshots.toSorted((one, other) => other.requestedAt - one.requestedAt);
    return print(values, {
      json: { snapshots: newestFirst.map(snapshotRecordOf) },
      text: snapshotTable(newestFirst, systemClock()),
    });
  } finally {
    end();
  }
};

export const oneSnapshot: Run = async (values, [project = '', cluster = '', id = '']) => {
  const snapshot = await about(values, project, async (account, groupId, deadline) => {
    const found = await backedUpCluster(account, groupId, cluster, deadline);
    return readSnapshot(account, found, id, deadline).catch((error: unknown) => {
      if (!(error instanceof AtlasError) || error.status !== 404) throw error;
      throw new CommandError('this cluster has no snapshot of this id; it may have expired', 1);
    });
  });
  return print(values, {
    json: { snapshot: snapshotRecordOf(snapshot) },
    text: snapshotFacts(snapshot, systemClock()),
  });
};

/** @throws CommandError 2 */
function formFrom(values: FlagValues): 'table' | 'json' {
  return oneOf('output', ['table', 'json'], values) ?? 'table';
}

async function about<T>(
  values: FlagValues,
  project: string,
  work: (account: OpenAccount, groupId: string, deadline: Deadline) => Promise<T>,
): Promise<T> {
  formFrom(values);
  const config = await configurationToConnect(values);
  return reading(config, async ({ accounts, deadline }) => {
    const account = accountNamed(accounts, values.account);
    const { id } = await projectNamed(account, project, deadline);
    return work(account, id, deadline);
  });
}

/** @throws CommandError 1 for a free cluster: there is nothing that Atlas could be asked */
async function backedUpCluster(
  account: OpenAccount,
  groupId: string,
  name: string,
  deadline: Deadline,
): Promise<Cluster> {
  const cluster = await clusterNamed(account, groupId, name, deadline);
  if (canHaveBackups(cluster)) return cluster;
  throw new CommandError('Atlas takes no backups of a free cluster (M0)', 1);
}

/** As JSON it has the records of the web API. */
async function print(
  values: FlagValues,
  { json, text }: { readonly json: object; readonly text: string },
): Promise<number> {
  const answer = { ...versionOf(systemClock()), ...json };
  const isJson = formFrom(values) === 'json';
  await printed(isJson ? `${JSON.stringify(answer, undefined, 2)}\n` : text);
  return 0;
}

/** @throws AtlasError */
async function allSnapshots(
  account: OpenAccount,
  cluster: Cluster,
  deadline: Deadline,
): Promise<readonly Snapshot[]> {
  const list: ListSnapshots<Listing<Snapshot>> = (endpoint, parameters) =>
    account.client.list(endpoint, parameters, deadline);
  const { items } = await listBackups(list, cluster);
  if (!mayHaveLegacy(cluster, account.legacy)) return items;
  const legacy = await listLegacy(list, cluster);
  return [...items, ...legacy.items];
}
