import { rule } from '../rules.ts';

/** Rules of the web configuration that concern several keys at once. */

type Versions = { min_version: string; max_version: string };

export function versionsInOrder<T extends Versions>() {
  return rule<T>(['min_version', 'max_version'], ({ min_version, max_version }) =>
    min_version > max_version
      ? { path: ['max_version'], message: 'must not be below min_version' }
      : undefined,
  );
}

type ClientKeys = {
  client_ca?: unknown;
  client_ca_file?: unknown;
  client_auth_type: string;
  client_allowed_sans?: unknown;
};

/** Presence counts, not soundness: a faulty value is reported for itself. */
const hasAuthority = ({ client_ca, client_ca_file }: ClientKeys) =>
  client_ca !== undefined || client_ca_file !== undefined;

export function oneClientCa<T extends ClientKeys>() {
  return rule<T>([], ({ client_ca, client_ca_file }) =>
    client_ca !== undefined && client_ca_file !== undefined
      ? { message: 'must have only one of client_ca and client_ca_file' }
      : undefined,
  );
}

export function clientCaAsNeeded<T extends ClientKeys>() {
  return rule<T>(['client_auth_type'], (keys) => {
    const { client_auth_type: type } = keys;
    const path = ['client_auth_type'];
    if (type.includes('Verify') && !hasAuthority(keys)) {
      // Go would take any authority that the system knows, so anybody with some certificate.
      return { path, message: 'needs client_ca or client_ca_file, to verify against' };
    }
    return type === 'NoClientCert' && hasAuthority(keys)
      ? { path, message: 'must ask for certificates when there is a client CA' }
      : undefined;
  });
}

export function sansOfRequired<T extends ClientKeys>() {
  return rule<T>(['client_auth_type'], ({ client_auth_type: type, client_allowed_sans: sans }) =>
    sans !== undefined && !type.startsWith('Require')
      ? {
          path: ['client_allowed_sans'],
          message:
            'needs client_auth_type RequireAndVerifyClientCert: others let clients in without any',
        }
      : undefined,
  );
}
