import { endpoints } from '../atlas/endpoints.ts';
import type { SurveyedAccount } from '../atlas/survey/account.ts';
import { AtlasError } from '../atlas/transport/failure.ts';
import type { Deadline } from '../atlas/transport/message.ts';
import type { Cluster, Project } from '../domain/cluster.ts';
import { failureReasons } from '../domain/failure.ts';
import { CommandError } from './usage.ts';

/** The project that a person means by an id or a name. @throws CommandError 1 when not exactly one */
export async function projectNamed(
  account: SurveyedAccount,
  named: string,
  deadline: Deadline,
): Promise<Project> {
  const { items } = await account.client.list(endpoints.projects, {}, deadline);
  const meant = items.filter(({ id, name }) => id === named || name === named);
  const [project] = meant;
  if (project !== undefined && meant.length === 1) return project;
  throw new CommandError(
    meant.length === 0
      ? `no project with this id or name is visible to account ${account.name}`
      : `${meant.length} projects have this name; use the id: ${meant.map(({ id }) => id).join(', ')}`,
    1,
  );
}

/** A cluster by its name, dedicated or flex. @throws CommandError 1 when there is none */
export async function clusterNamed(
  { client, api }: SurveyedAccount,
  groupId: string,
  name: string,
  deadline: Deadline,
): Promise<Cluster> {
  try {
    return await client.one(endpoints.cluster, { groupId, clusterName: name }, deadline);
  } catch (error) {
    if (!(error instanceof AtlasError)) throw error;
    if (error.status === 404) throw new CommandError('this project has no cluster of this name', 1);
    const isFlex = error.code === 'CANNOT_USE_FLEX_CLUSTER_IN_CLUSTER_API';
    if (!isFlex || api !== 'v2') throw error;
    return client.one(endpoints.flexCluster, { groupId, name }, deadline);
  }
}

/** What failed, and what to do about it. @param role what it needs in Atlas */
export function inWords(
  { reason, endpoint, status, code }: AtlasError,
  role = 'Project Read Only',
): string {
  const facts = [endpoint, status || '', code].filter(Boolean).join(', ');
  const remedy = failureReasons[reason].replace('Project Read Only', role);
  return `${remedy} (${reason}: ${facts})`;
}
