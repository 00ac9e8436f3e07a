import type { Credentials } from '../atlas/connect.ts';
import { AtlasError } from '../atlas/transport/failure.ts';
import type { Auth } from '../config/config.ts';
import { readSecret, type Secret } from '../config/secret.ts';
import { lastGood } from '../runtime/last-good.ts';

/**
 * The credentials of an account, its files read anew each time a nonce or token is fetched: so a
 * rotated secret is in use within a minute, and at once after a refusal. A file that cannot be read
 * leaves the last good secret in use; `onTrouble` gets the message, which names key and path.
 */
export function credentialsOf(auth: Auth, onTrouble: (message: string) => void): Credentials {
  const reader = (secret: Secret) =>
    lastGood(() => readSecret(secret), {
      trouble: onTrouble,
      fail: (cause) => new AtlasError('auth', 'credentials', { code: 'secret_unreadable', cause }),
    });
  if (auth.kind === 'api_key') {
    const [user, password] = [reader(auth.publicKey), reader(auth.privateKey)];
    return {
      kind: 'api_key',
      read: async () => ({ user: await user(), password: await password() }),
    };
  }
  const [clientId, clientSecret] = [reader(auth.clientId), reader(auth.clientSecret)];
  return {
    kind: 'service_account',
    read: async () => ({ clientId: await clientId(), clientSecret: await clientSecret() }),
  };
}
