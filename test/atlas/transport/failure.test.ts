import { describe, expect, test } from 'vitest';
import {
  AtlasError,
  codeOf,
  failureFrom,
  reasonOfTransport,
} from '../../../src/atlas/transport/failure.ts';

const coded = (code: string, cause?: unknown) =>
  Object.assign(new Error('canary', { cause }), { code });

describe('an exchange without an answer', () => {
  test.each([
    ['CERT_HAS_EXPIRED', 'tls'],
    ['CERT_NOT_YET_VALID', 'tls'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'tls'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls'],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'tls'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls'],
    ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'tls'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls'],
    ['EPROTO', 'tls'],
    ['UND_ERR_CONNECT_TIMEOUT', 'timeout'],
    ['UND_ERR_HEADERS_TIMEOUT', 'timeout'],
    ['UND_ERR_BODY_TIMEOUT', 'timeout'],
    ['ETIMEDOUT', 'timeout'],
    ['ENOTFOUND', 'network'],
    ['EAI_AGAIN', 'network'],
    ['ECONNREFUSED', 'network'],
    ['ECONNRESET', 'network'],
    ['EHOSTUNREACH', 'network'],
    ['ENETUNREACH', 'network'],
    ['EPIPE', 'network'],
    ['UND_ERR_SOCKET', 'network'],
    ['HPE_INVALID_CONSTANT', 'network'],
  ])('that ended with %s is %s', (code, reason) => {
    expect(reasonOfTransport(coded(code))).toBe(reason);
  });

  test.each<[unknown, string]>([
    [coded('ECONNRESET'), 'ECONNRESET'],
    [new Error('canary', { cause: coded('ENOTFOUND') }), 'ENOTFOUND'],
    [new TypeError('canary'), 'TypeError'],
    ['canary', ''],
    [undefined, ''],
  ])('is told by its code and never its message: %#', (error, code) => {
    expect(codeOf(error)).toBe(code);
  });
});

test('a failure as data says endpoint, reason and a short detail', () => {
  const error = new AtlasError('forbidden', 'snapshots', {
    status: 403,
    code: 'ACCESS_FORBIDDEN',
    cause: new Error('canary'),
  });
  expect(error.message).toBe('snapshots: forbidden 403 ACCESS_FORBIDDEN');
  expect(failureFrom(error)).toEqual({
    reason: 'forbidden',
    endpoint: 'snapshots',
    detail: '403 ACCESS_FORBIDDEN',
  });
  expect(failureFrom(new AtlasError('network', 'clusters')).detail).toBe('');
});
