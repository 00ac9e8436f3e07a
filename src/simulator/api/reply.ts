import { STATUS_CODES } from 'node:http';

/** An answer before it is written. `body` is JSON text; Atlas's errors are JSON whatever was accepted. */
export type Reply = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** Status, error code and detail, in which `{0}` is the first parameter. */
export type ErrorKind = `${number} ${string} ${string}`;

/** Atlas's error body; the code is repeated in a header. */
export function errorReply(kind: ErrorKind, ...parameters: readonly (string | number)[]): Reply {
  const [, status, errorCode = '', words = ''] = /^(\d+) (\S+) (.*)$/.exec(kind) ?? [];
  const error = Number(status);
  const detail = words.replaceAll(/\{(\d)\}/g, (_, nth) => String(parameters[Number(nth)]));
  const reason = STATUS_CODES[error] ?? '';
  return {
    status: error,
    headers: {
      'Content-Type': 'application/json',
      Vary: 'Accept-Encoding',
      'X-Error-Code': errorCode,
    },
    body: JSON.stringify({ detail, error, errorCode, parameters, reason }),
  };
}

/** Thrown where a request is refused. */
export class RefusedRequest extends Error {
  override readonly name = 'RefusedRequest';
  readonly reply: Reply;
  constructor(kind: ErrorKind, ...parameters: readonly (string | number)[]) {
    super(kind);
    this.reply = errorReply(kind, ...parameters);
  }
}

/** The errors of more than one route; a route keeps its own beside it. */
export const errors = {
  unknownPath: '404 RESOURCE_NOT_FOUND Cannot find resource {0}.',
  badGroupId: '404 INVALID_GROUP_ID An invalid group ID {0} was specified.',
  noGroup: '404 GROUP_NOT_FOUND No group with ID {0} exists.',
  noCluster: '404 CLUSTER_NOT_FOUND No cluster named {0} exists in group {1}.',
  noSnapshot: '404 SNAPSHOT_NOT_FOUND Snapshot {0} was not found for cluster {1}.',
  badQuery: '400 INVALID_QUERY_PARAMETER Invalid query parameter {0} specified.',
  badVersion: '406 INVALID_VERSION_DATE Invalid accept header or version date.',
  goneVersion: '410 VERSION_GONE Version {0} of this resource is no longer available.',
  noRole: '401 USER_CANNOT_ACCESS_GROUP The caller cannot access group {0}.',
  forbidden: '403 ACCESS_FORBIDDEN Access to group {0} is forbidden.',
  address:
    '403 IP_ADDRESS_NOT_ON_ACCESS_LIST IP address {0} is not allowed to access this resource.',
  rateLimited:
    '429 RATE_LIMITED_TOKEN_BUCKET Rate limit exceeded for {0}. Try again in {1} seconds. The limit is {2} requests, refilled by {3} every {4} seconds.',
} as const satisfies Readonly<Record<string, ErrorKind>>;
