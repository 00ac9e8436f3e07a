import type { Findings } from '../../atlas/decode/decoding.ts';
import { endpoints } from '../../atlas/endpoints.ts';
import { saysNoBackup } from '../../atlas/listing-kind.ts';
import type { SurveyedAccount } from '../../atlas/survey/account.ts';
import type { Deadline } from '../../atlas/transport/message.ts';
import type { Cluster } from '../../domain/cluster.ts';
import { type Plan, planOf } from '../../domain/plan.ts';

/** The backup schedule of a cluster; undefined when Atlas has none of it. @throws AtlasError */
export async function readPlan(
  { client }: SurveyedAccount,
  { projectId: groupId, name: clusterName }: Cluster,
  deadline: Deadline,
  note?: (findings: Findings) => void,
): Promise<Plan | undefined> {
  try {
    return planOf(await client.one(endpoints.schedule, { groupId, clusterName }, deadline, note));
  } catch (error) {
    if (saysNoBackup(error)) return undefined;
    throw error;
  }
}
