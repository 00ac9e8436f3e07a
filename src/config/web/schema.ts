import { z } from 'zod';
import { plainText } from '../fields.ts';
import { notBoth, oneOfEach, rule } from '../rules.ts';
import { cipherSuites, curves } from './ciphers.ts';
import { passwordHash } from './password-hash.ts';

/** The keys of the web configuration, a format shared by the exporters of the Prometheus project. */

const path = z.string().min(1);
const pem = z.string().min(1);

const version = z.enum(['TLS12', 'TLS13'], {
  error: ({ input }) =>
    input === 'TLS10' || input === 'TLS11'
      ? 'must be TLS12 or TLS13; older is not safe'
      : undefined,
});

/** There are too many of them to list them in a message. */
const unknownSuite = ({ input }: { readonly input: unknown }) =>
  typeof input === 'string' ? 'is not one of the suites in docs/web-config.md' : undefined;

const clientAuthTypes = [
  'NoClientCert',
  'RequestClientCert',
  'RequireAnyClientCert',
  'VerifyClientCertIfGiven',
  'RequireAndVerifyClientCert',
  // An older name of RequireAnyClientCert.
  'RequireClientCert',
] as const;

const tlsKeys = z.strictObject({
  cert: pem.optional().describe('Certificate with its intermediate certificates, as PEM.'),
  cert_file: path.optional().describe('File with the same.'),
  key: pem.optional().describe('Private key of the certificate, as PEM.'),
  key_file: path.optional().describe('File with the same.'),
  client_ca: pem.optional().describe('Authorities of client certificates, as PEM.'),
  client_ca_file: path.optional().describe('File with the same.'),
  client_auth_type: z
    .enum(clientAuthTypes)
    .default('NoClientCert')
    .describe('How clients are authenticated; only RequireAndVerifyClientCert denies access.'),
  client_allowed_sans: z
    .array(plainText)
    .min(1)
    .optional()
    .describe('Names (DNS, IP, e-mail or URI) of which a client certificate must have one.'),
  min_version: version.default('TLS12').describe('Oldest version of TLS.'),
  max_version: version.default('TLS13').describe('Newest version of TLS.'),
  cipher_suites: z
    .array(z.enum(cipherSuites, { error: unknownSuite }))
    .prefault([])
    .describe('Cipher suites for TLS 1.2; those of TLS 1.3 are always on.'),
  prefer_server_cipher_suites: z
    .boolean()
    .default(true)
    .describe('The order above decides, not that of the client.'),
  curve_preferences: z.array(z.enum(curves)).prefault([]).describe('Curves for key exchange.'),
});

const tlsServer = notBoth(
  oneOfEach(tlsKeys, ['cert', 'cert_file'], ['key', 'key_file']),
  'client_ca',
  'client_ca_file',
).check(
  rule(
    ['min_version', 'max_version'],
    ({ min_version, max_version }) => min_version > max_version && 'must not be below min_version',
  ),
  rule(['client_auth_type'], ({ client_auth_type: type, client_ca, client_ca_file }) => {
    const hasAuthority = client_ca !== undefined || client_ca_file !== undefined;
    // Go would take any authority that the system knows, so anybody with some certificate.
    if (type.includes('Verify') && !hasAuthority) {
      return 'needs client_ca or client_ca_file, to verify against';
    }
    const unasked = type === 'NoClientCert' && hasAuthority;
    return unasked && 'must ask for certificates when there is a client CA';
  }),
  rule(
    ['client_auth_type'],
    ({ client_auth_type: type, client_allowed_sans: sans }) =>
      sans !== undefined &&
      !type.startsWith('Require') &&
      'needs client_auth_type RequireAndVerifyClientCert: others let clients in without any',
    ['client_allowed_sans'],
  ),
);

const lineOfHeader = z.string().regex(/^[\t\x20-\x7e]*$/, 'must be one line of plain characters');

const headers = z.strictObject({
  'Content-Security-Policy': lineOfHeader.optional().describe('Replaces the default.'),
  'X-Frame-Options': z.enum(['deny', 'sameorigin']).optional().describe('Who may frame a page.'),
  'X-Content-Type-Options': z.enum(['nosniff']).optional().describe('Always sent.'),
  'X-XSS-Protection': lineOfHeader.optional().describe('For old browsers.'),
  'Strict-Transport-Security': lineOfHeader.optional().describe('Makes browsers insist on https.'),
});

const httpServer = z.strictObject({
  http2: z.boolean().default(true).describe('Accepted without effect; the server speaks HTTP/1.1.'),
  headers: headers.prefault({}).describe('Headers of every response; an empty string removes one.'),
});

// A colon ends a user name in the header that carries it.
const userName = plainText.refine((name) => !name.includes(':'), 'must not contain a colon');

export const webSchema = z.strictObject({
  tls_server_config: tlsServer.optional().describe('TLS; without it the server speaks plain HTTP.'),
  http_server_config: httpServer.prefault({}).describe('HTTP settings.'),
  basic_auth_users: z
    .record(userName, passwordHash)
    .refine((users) => Object.keys(users).length > 0, 'must have at least one user')
    .optional()
    .describe('User names with the bcrypt hashes of their passwords.'),
  rate_limit: z
    .never({ error: () => 'is not available in this version' })
    .optional()
    .describe('Not available in this version.'),
});

/** Sound values under the names that the file uses. */
export type WebKeys = z.output<typeof webSchema>;
