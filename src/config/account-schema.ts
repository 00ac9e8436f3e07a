import { z } from 'zod';
import { baseUrl, clusterGlob, plainText, proxyUrl, secretText } from './fields.ts';
import { isRecord, notBoth, oneOfEach, rule } from './rules.ts';

const anySecret = secretText({ colonAllowed: true });
const userName = secretText({ colonAllowed: false });
export const filePath = z.string().min(1);
const fromFile = 'Relative to the folder of this file.';

const serviceAccount = oneOfEach(
  z.strictObject({
    client_id: userName.optional().describe('Client id of the service account.'),
    client_id_file: filePath.optional().describe(`File that holds the client id. ${fromFile}`),
    client_secret: anySecret.optional().describe('Client secret of the service account.'),
    client_secret_file: filePath
      .optional()
      .describe(`File that holds the client secret; read again when it changes. ${fromFile}`),
  }),
  ['client_id', 'client_id_file'],
  ['client_secret', 'client_secret_file'],
);

const apiKey = oneOfEach(
  z.strictObject({
    public_key: userName.optional().describe('Public part of the API key.'),
    public_key_file: filePath.optional().describe(`File that holds the public key. ${fromFile}`),
    private_key: anySecret.optional().describe('Private part of the API key.'),
    private_key_file: filePath
      .optional()
      .describe(`File that holds the private key; read again when it changes. ${fromFile}`),
  }),
  ['public_key', 'public_key_file'],
  ['private_key', 'private_key_file'],
);

const auth = oneOfEach(
  z.strictObject({
    service_account: serviceAccount.optional().describe('A service account (OAuth 2.0).'),
    api_key: apiKey.optional().describe('A programmatic API key (digest authentication).'),
  }),
  ['service_account', 'api_key'],
);

function filter(entry: typeof plainText, what: string) {
  return z.strictObject({
    include: z.array(entry).min(1).prefault(['*']).describe(`${what} to read.`),
    exclude: z.array(entry).prefault([]).describe(`${what} to leave out; wins over include.`),
  });
}

/** One entry of `accounts`: where Atlas is, who asks, and what is read. */
const keys = z.strictObject({
  name: plainText.max(64).optional().meta({
    usually: 'default',
    description: 'Value of the label account; required and unique when there are several accounts.',
  }),
  base_url: baseUrl
    .prefault('https://cloud.mongodb.com')
    .describe('Where Atlas is: https, or http for a loopback address; scheme and host only.'),
  proxy_url: proxyUrl
    .optional()
    .describe(
      'HTTP or HTTPS proxy, with user name and password if it needs them. Default: HTTPS_PROXY and NO_PROXY; empty: connect directly.',
    ),
  proxy_url_file: filePath
    .optional()
    .describe(`File that holds the URL of the proxy; read again when it changes. ${fromFile}`),
  ca_file: filePath
    .optional()
    .describe(
      `PEM file of more certificate authorities to trust, for Atlas and the proxy; read again when it changes. ${fromFile}`,
    ),
  api: z
    .enum(['v2', 'v1.0'])
    .default('v2')
    .describe('Version of the Atlas Administration API; v1.0 works only with an api_key.'),
  auth: auth.describe('The credentials: exactly one of service_account and api_key.'),
  projects: filter(plainText, 'Ids, names or globs of projects')
    .prefault({})
    .describe('Which projects of the account to read.'),
  clusters: filter(clusterGlob, 'Globs project/cluster, the project by id or name,')
    .prefault({})
    .describe('Which clusters of these projects to read.'),
  legacy: z
    .enum(['auto', 'always', 'never'])
    .default('auto')
    .describe('Read legacy backups: auto, of clusters old enough to have them.'),
});

export const account = notBoth(keys, 'proxy_url', 'proxy_url_file').check(
  rule(
    ['api'],
    ({ api, auth: by }) =>
      api === 'v1.0' &&
      isRecord(by) &&
      by.service_account !== undefined &&
      'v1.0 works only with an api_key; a service_account needs v2',
  ),
);

/** Sound values under the names that the file uses. */
export type AccountKeys = z.output<typeof account>;
