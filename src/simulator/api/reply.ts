/** An answer before it is written. `body` is JSON text; Atlas's errors are JSON whatever was accepted. */
export type Reply = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

const reasons: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  406: 'Not Acceptable',
  410: 'Gone',
  429: 'Too Many Requests',
};

export function found(value: unknown): Reply {
  return { status: 200, headers: {}, body: JSON.stringify(value) };
}

/** Atlas's error body; the code is repeated in a header. */
export function refusal(
  status: number,
  errorCode: string,
  detail: string,
  parameters: readonly (string | number)[] = [],
): Reply {
  const reason = reasons[status] ?? '';
  return {
    status,
    headers: {
      'Content-Type': 'application/json',
      Vary: 'Accept-Encoding',
      'X-Error-Code': errorCode,
    },
    body: JSON.stringify({ detail, error: status, errorCode, parameters, reason }),
  };
}

export const refusals = {
  unknownPath: (path: string) =>
    refusal(404, 'RESOURCE_NOT_FOUND', `Cannot find resource ${path}.`, [path]),
  badGroupId: (id: string) =>
    refusal(404, 'INVALID_GROUP_ID', `An invalid group ID ${id} was specified.`, [id]),
  noGroup: (id: string) => refusal(404, 'GROUP_NOT_FOUND', `No group with ID ${id} exists.`, [id]),
  noOrganisation: (id: string) =>
    refusal(404, 'ORG_NOT_FOUND', `No organization with ID ${id} exists.`, [id]),
  noCluster: (name: string, groupId: string) =>
    refusal(404, 'CLUSTER_NOT_FOUND', `No cluster named ${name} exists in group ${groupId}.`, [
      name,
      groupId,
    ]),
  noSnapshot: (id: string, name: string) =>
    refusal(404, 'SNAPSHOT_NOT_FOUND', `Snapshot ${id} was not found for cluster ${name}.`, [
      id,
      name,
    ]),
  noBackup: (clusterId: string, groupId: string) =>
    refusal(
      404,
      'BACKUP_CONFIG_NOT_FOUND',
      `No backup configuration exists for cluster ${clusterId} in group ${groupId}.`,
      [clusterId, groupId],
    ),
  flexInClusterApi: (name: string) =>
    refusal(
      400,
      'CANNOT_USE_FLEX_CLUSTER_IN_CLUSTER_API',
      `Flex cluster ${name} cannot be used in the Cluster API.`,
      [name],
    ),
  nonFlexInFlexApi: (name: string) =>
    refusal(
      400,
      'CANNOT_USE_NON_FLEX_CLUSTER_IN_FLEX_API',
      `Cannot use non-flex cluster ${name} in the flex API.`,
      [name],
    ),
  wrongTopology: (name: string, rightPath: string) =>
    refusal(
      400,
      'INCORRECT_BACKUP_API_ENDPOINT',
      `Incorrect backup API endpoint for cluster ${name}. Use ${rightPath} instead.`,
      [name, rightPath],
    ),
  freeCluster: (name: string) =>
    refusal(400, 'PROVIDER_BACKUP_NOT_SUPPORTED', `Cluster ${name} does not support backups.`, [
      name,
    ]),
  badQuery: (name: string) =>
    refusal(400, 'INVALID_QUERY_PARAMETER', `Invalid query parameter ${name} specified.`, [name]),
  badVersion: (accept: string) =>
    refusal(406, 'INVALID_VERSION_DATE', 'Invalid accept header or version date.', [accept]),
  goneVersion: (version: string) =>
    refusal(410, 'VERSION_GONE', `Version ${version} of this resource is no longer available.`, [
      version,
    ]),
  noRole: (groupId: string) =>
    refusal(401, 'USER_CANNOT_ACCESS_GROUP', `The caller cannot access group ${groupId}.`, [
      groupId,
    ]),
  noOrganisationRole: (orgId: string) =>
    refusal(401, 'USER_CANNOT_ACCESS_ORG', `The caller cannot access organization ${orgId}.`, [
      orgId,
    ]),
  forbidden: (groupId: string) =>
    refusal(403, 'ACCESS_FORBIDDEN', `Access to group ${groupId} is forbidden.`, [groupId]),
  address: (address: string) =>
    refusal(
      403,
      'IP_ADDRESS_NOT_ON_ACCESS_LIST',
      `IP address ${address} is not allowed to access this resource.`,
      [address],
    ),
} as const;
