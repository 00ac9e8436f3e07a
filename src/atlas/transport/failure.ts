import { errors as undici } from 'undici';
import type { Failure, FailureReason } from '../../domain/failure.ts';

/** The only error `atlas/` throws. Its message is safe to show: no secret, no body. */
export class AtlasError extends Error {
  readonly reason: FailureReason;
  readonly endpoint: string;
  /** HTTP status; 0 when there was no answer. */
  readonly status: number;
  /** Atlas's error code, or the system's. */
  readonly code: string;

  constructor(
    reason: FailureReason,
    endpoint: string,
    { status = 0, code = '', cause }: { status?: number; code?: string; cause?: unknown } = {},
  ) {
    super([`${endpoint}: ${reason}`, status || '', code].filter(Boolean).join(' '), { cause });
    this.name = 'AtlasError';
    this.reason = reason;
    this.endpoint = endpoint;
    this.status = status;
    this.code = code;
  }
}

export function failureFrom(error: AtlasError): Failure {
  const detail = [error.status || '', error.code].filter(Boolean).join(' ');
  return { reason: error.reason, endpoint: error.endpoint, detail };
}

/** 401 and 403 with one of these codes: the credentials are good, a role or project is missing. */
const noPermission = new Set([
  'USER_UNAUTHORIZED',
  'NOT_IN_GROUP',
  'USER_CANNOT_ACCESS_GROUP',
  'USER_CANNOT_ACCESS_ORG',
  'TENANT_SNAPSHOT_ACCESS_DENIED',
]);

const addressRefused = new Set([
  'IP_ADDRESS_NOT_ON_ACCESS_LIST',
  'IP_ADDRESS_NOT_ON_WHITELIST',
  'ORG_REQUIRES_WHITELIST',
  'ORG_REQUIRES_ACCESS_LIST',
  'RESOURCE_REQUIRES_WHITELIST',
  'RESOURCE_REQUIRES_ACCESS_LIST',
]);

/** Codes of the token endpoint (RFC 6749 §5.2), which may come with status 400 as well. */
const accountRefused = new Set(['invalid_client', 'invalid_grant', 'unauthorized_client']);

/** Whether a 401 is about permission, not about the credentials: only the error code tells. */
export function deniesPermission(code: string): boolean {
  return noPermission.has(code);
}

/** The reason behind an answer that is not a 200. */
export function reasonOfStatus(status: number, code: string): FailureReason {
  if (addressRefused.has(code)) return 'ip_not_allowed';
  if (accountRefused.has(code)) return 'auth';
  if (status === 401) return deniesPermission(code) ? 'forbidden' : 'auth';
  if (status === 402 || status === 403) return 'forbidden';
  if (status === 404) return 'not_found';
  // Only a proxy that nobody has named asks for that.
  if (status === 407) return 'network';
  if (status === 406 || status === 410) return 'version_gone';
  if (status === 429) return 'rate_limited';
  if (status >= 300 && status < 400) return 'redirect';
  return status >= 400 ? 'server' : 'bad_schema';
}

const tlsCodes =
  /^(CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED|HOSTNAME_MISMATCH|EPROTO)/;

/** The reason behind an exchange that ended without an answer. */
export function reasonOfTransport(error: unknown): FailureReason {
  if (error instanceof undici.HeadersOverflowError) return 'too_large';
  const code = codeOf(error);
  if (/TIMEOUT|ETIMEDOUT/.test(code)) return 'timeout';
  return tlsCodes.test(code) ? 'tls' : 'network';
}

/** The system's or the library's code of an error: never its message, which may quote a header. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (code !== '' && code !== 'ECONNRESET') return code;
  return code || codeOf(error.cause) || error.name;
}
