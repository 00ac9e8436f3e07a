import { expect, test } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { readSecret } from '../../src/config/secret.ts';
import type { Environment } from '../../src/config/substitute.ts';
import { account, canary, canaryPieces, configOrThrow, problemsOf } from './loading.ts';

const noFile = async () => {
  throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
};
const without = (env: Environment) => loadConfig({ env, readFile: noFile });

const serviceAccount = {
  MONGODB_ATLAS_CLIENT_ID: 'mdb_sa_id_1',
  MONGODB_ATLAS_CLIENT_SECRET: canary,
};
const apiKey = {
  MONGODB_ATLAS_PUBLIC_API_KEY: 'abcdwxyz',
  MONGODB_ATLAS_PRIVATE_API_KEY: canary,
};

test('without a file a service account in the environment is enough', async () => {
  const auth = configOrThrow(await without(serviceAccount)).accounts[0]?.auth;
  if (auth?.kind !== 'service_account') throw new Error('a service account was given');
  expect(await readSecret(auth.clientId)).toBe('mdb_sa_id_1');
  expect(await readSecret(auth.clientSecret)).toBe(canary);
});

test('without a file an API key and a base URL in the environment are enough', async () => {
  const env = { ...apiKey, MONGODB_ATLAS_BASE_URL: 'http://127.0.0.1:8080/' };
  const config = configOrThrow(await without(env));
  expect(config.accounts).toMatchObject([
    { name: 'default', baseUrl: 'http://127.0.0.1:8080', auth: { kind: 'api_key' } },
  ]);
});

test.each([
  [
    'neither pair',
    {},
    'environment: there is no config.yaml and there are no credentials in the environment: copy config.example.yaml to config.yaml, or set MONGODB_ATLAS_CLIENT_ID and MONGODB_ATLAS_CLIENT_SECRET (service account) or MONGODB_ATLAS_PUBLIC_API_KEY and MONGODB_ATLAS_PRIVATE_API_KEY (API key)',
  ],
  [
    'both pairs',
    { ...serviceAccount, ...apiKey },
    'environment: set a service account or an API key, not both; set are MONGODB_ATLAS_CLIENT_ID, MONGODB_ATLAS_CLIENT_SECRET, MONGODB_ATLAS_PUBLIC_API_KEY, MONGODB_ATLAS_PRIVATE_API_KEY',
  ],
  [
    'half a service account',
    { MONGODB_ATLAS_CLIENT_SECRET: canary },
    'environment: MONGODB_ATLAS_CLIENT_ID: is not set, but its other half is',
  ],
  [
    'half an API key, the rest empty',
    { ...apiKey, MONGODB_ATLAS_PRIVATE_API_KEY: '' },
    'environment: MONGODB_ATLAS_PRIVATE_API_KEY: is not set, but its other half is',
  ],
  [
    'faulty values',
    {
      ...apiKey,
      MONGODB_ATLAS_PUBLIC_API_KEY: `${canary}:x`,
      MONGODB_ATLAS_BASE_URL: `https://${canary}@example.com`,
    },
    'environment: MONGODB_ATLAS_BASE_URL: must not hold a user name or password\nenvironment: MONGODB_ATLAS_PUBLIC_API_KEY: must not contain a colon',
  ],
])('without a file, %s is refused in words that help', async (_, env, expected) => {
  const said = problemsOf(await without(env));
  expect(said.split('\n').sort()).toEqual(expected.split('\n').sort());
  for (const piece of canaryPieces) expect(said).not.toContain(piece);
});

test('with a file the variables count only where the file names them', async () => {
  const readFile = async () => Buffer.from(account);
  const config = configOrThrow(await loadConfig({ env: serviceAccount, readFile }));
  expect(config.accounts).toMatchObject([{ auth: { kind: 'api_key' } }]);
});

test('an empty config.yaml does not fall back to the environment', async () => {
  const readFile = async () => Buffer.from('');
  expect(problemsOf(await loadConfig({ env: serviceAccount, readFile }))).toBe(
    'config.yaml:1:1: is empty; start from config.example.yaml',
  );
});
