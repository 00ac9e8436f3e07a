import type { Made } from './reading.ts';
import type { WebSettings } from './settings.ts';

/**
 * A file that is being written may lack its end. So a running server never asks less of clients
 * than before: that takes a restart.
 */
export function narrowed(before: WebSettings, made: Made<WebSettings>): Made<WebSettings> {
  if (made.kind === 'invalid') return made;
  const fault = wider(before, made.value);
  if (fault === undefined) return made;
  return { kind: 'invalid', problems: [made.value.problemAt(fault.path, fault.message)] };
}

function wider(before: WebSettings, after: WebSettings) {
  if ((before.tls === undefined) !== (after.tls === undefined)) {
    return { path: ['tls_server_config'], message: 'comes or goes only with a restart' };
  }
  if (before.users.size > 0 && after.users.size === 0) {
    return { path: ['basic_auth_users'], message: 'goes only with a restart' };
  }
  const [one, other] = [before.tls?.client, after.tls?.client];
  const asksLess =
    (one?.requires && !other?.requires) ||
    (one?.verifies && !other?.verifies) ||
    (one?.names !== undefined && other?.names === undefined);
  return asksLess
    ? {
        path: ['tls_server_config', 'client_auth_type'],
        message: 'asks less of clients than before, which takes a restart',
      }
    : undefined;
}
