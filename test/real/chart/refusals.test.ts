import { describe, expect, test } from 'vitest';
import { helms, template } from './helm.ts';

/** Values that cannot work, and the words of the refusal that lead to them. */
const refused: readonly (readonly [string, RegExp])[] = [
  ['replica: 2', /replica\b/],
  ['replicas: two', /replicas/],
  ['shards: 0', /shards/],
  ['image: { pullPolicy: never }', /image.pullPolicy/],
  ['image: { digest: "sha256:1" }', /image.digest/],
  ['config: { pol: {} }', /pol\b/],
  ['config: { poll: { interval: 5 } }', /config.poll.interval/],
  ['config: { poll: { interval: "5" } }', /config.poll.interval/],
  ['config: { poll: { concurrency: 1000 } }', /config.poll.concurrency/],
  ['config: { accounts: [] }', /config.accounts/],
  ['config: { accounts: [{ auth: {} }] }', /config.accounts.0.auth/],
  [
    'config: { accounts: [{ auth: { api_key: { public_key: a, private_key: plain } } }] }',
    /config.accounts.0.auth.api_key.private_key/,
  ],
  [`config: { web: { listen_address: "0.0.0.0:\${PORT}" } }`, /config.web.listen_address/],
  [`config: { web: { telemetry_path: "/\${PATH}" } }`, /config.web.telemetry_path/],
  ['web: { users: { prometheus: plain } }', /web.users/],
  ['web: { config: { tls_server_config: { min_version: TLS10 } } }', /min_version/],
  ['rules: { kind: Rule }', /rules.kind/],
  ['rules: { alerts: { AtlasBackupLate: { enabled: false } } }', /AtlasBackupLate/],
  ['rules: { alerts: { AtlasBackupStuck: { parameters: { aftr: 1 } } } }', /aftr/],
  ['rules: { alerts: { AtlasBackupStuck: { for: soon } } }', /AtlasBackupStuck.for/],
  ['files: [{ name: a, secret: b, configMap: c }]', /files.0/],
  ['networkPolicy: { egress: { ports: [] } }', /networkPolicy.egress.ports/],
  ['service: { type: ExternalName }', /service.type/],
  // These are sound one by one.
  ['shards: 2\nreplicas: 2', /shards and replicas: set only one/],
  ['existingConfig: { secret: a, configMap: b }', /existingConfig: name a configMap or a secret/],
  ['existingConfig: { secret: a }\nconfig: { log: {} }', /config: has no effect/],
  ['web: { existingConfig: { secret: a }, config: { http_server_config: {} } }', /have no effect/],
  ['web: { tls: { clientCertificates: { required: true } } }', /needs web.tls.existingSecret/],
  [
    'web: { tls: { existingSecret: a }, existingConfig: { secret: b } }',
    /web.existingConfig.tls is false/,
  ],
  [
    'web: { users: { a: "$2y$10$x" } }\nserviceMonitor: { enabled: true }',
    /scrape.basicAuth.secret: is needed/,
  ],
  [
    'web: { existingConfig: { secret: a, clientCertificates: true } }\npodMonitor: { enabled: true }',
    /scrape.tls.clientCertificate.secret: is needed/,
  ],
  [
    'scrape: { basicAuth: { secret: a } }\npodMonitoring: { enabled: true }',
    /scrape.basicAuth.username: is needed/,
  ],
  [
    'scrape: { tls: { ca: { configMap: a } } }\npodMonitoring: { enabled: true }',
    /takes the authority from a Secret/,
  ],
];

describe.each(helms)('$name refuses', (helm) => {
  test.each(refused)('%s', (values, words) => {
    const { status, stdout, stderr } = template(helm, values);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    // One of them writes a path with slashes, the other with dots.
    expect(stderr.replaceAll('/', '.')).toMatch(words);
  });

  test('nothing of an empty file', () => {
    expect(template(helm, '{}').status).toBe(0);
  });
});

// A file without a single test counts as a failure.
if (helms.length === 0) test.skip('needs Helm', () => undefined);
