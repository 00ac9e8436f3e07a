import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { configJsonSchema, webConfigJsonSchema } from '../../../generate/chart/json-schema.ts';
import { faultyFiles } from '../../config/faulty.ts';

const ajv = new Ajv({ strict: true, allowUnionTypes: true, strictRequired: false });
const fitsConfig = ajv.compile(configJsonSchema());
const fitsWeb = ajv.compile(webConfigJsonSchema());
const root = new URL('../../../', import.meta.url);

function example(file: string): string {
  return readFileSync(new URL(file, root), 'utf8');
}

/** The faulty files of a folder that the schema takes, of those that are YAML at all. */
function overlooked(folder: string, fits: (value: unknown) => boolean): readonly string[] {
  return faultyFiles(new URL(folder, import.meta.url)).flatMap(({ file, bytes }) => {
    try {
      return fits(parse(bytes.toString(), { logLevel: 'error' })) ? [file] : [];
    } catch {
      return [];
    }
  });
}

describe('the JSON schema of the configuration', () => {
  test('takes the example', () => {
    fitsConfig(parse(example('config.example.yaml')));
    expect(fitsConfig.errors).toBeNull();
  });

  test('takes the example with all that is off in it, but for what cannot stand together', () => {
    const whole = example('config.example.yaml')
      .replaceAll(/^( *)#(?=\S)/gm, '$1')
      .replaceAll(
        /^ +(?:proxy_url_file|client_id_file|client_secret_file|.*_key|.*_key_file): .*\n/gm,
        '',
      )
      .replace(/^ +api_key:\n/m, '');
    fitsConfig(parse(whole));
    expect(fitsConfig.errors).toBeNull();
  });

  test('takes a variable for any value', () => {
    const text = `accounts: [{ api: "\${API}", auth: { api_key: { public_key: "\${A}", private_key: "\${B}" } } }]
poll: { interval: "\${EVERY:-5m}", background: "\${ALWAYS}", concurrency: "\${MOST:-3}" }
collectors: { schedule: "\${SCHEDULE}", copies: "\${COPIES}" }
limits: { max_series: "\${SERIES}" }
web: { listen_address: "\${HOST}:10071", telemetry_path: "/\${PATH_OF_METRICS}" }
log: { level: "\${LEVEL}" }`;
    fitsConfig(parse(text));
    expect(fitsConfig.errors).toBeNull();
  });

  test('refuses what is faulty, but for faults that a schema cannot see', () => {
    expect(overlooked('../../bad-configs/', (value) => fitsConfig(value))).toMatchInlineSnapshot(`
      [
        "account-name-control-character.yaml",
        "account-name-missing.yaml",
        "account-names-repeat.yaml",
        "adaptive-staleness-below-sweep.yaml",
        "adaptive-sweep-below-two-intervals.yaml",
        "adaptive-without-schedules.yaml",
        "auth-colon-in-public-key.yaml",
        "auth-old-api-with-service-account.yaml",
        "auth-secret-empty.yaml",
        "auth-secret-two-lines.yaml",
        "base-url-http-private.yaml",
        "base-url-http.yaml",
        "base-url-link-local-hexadecimal.yaml",
        "base-url-link-local-ipv6.yaml",
        "base-url-link-local-mapped.yaml",
        "base-url-link-local.yaml",
        "base-url-loopback-lookalike.yaml",
        "base-url-metadata-name.yaml",
        "discovery-below-interval.yaml",
        "duration-above.yaml",
        "duration-below.yaml",
        "duration-huge.yaml",
        "duration-timeout-above.yaml",
        "duration-timeout-zero.yaml",
        "duration-timer-overflow.yaml",
        "duration-wrong-order.yaml",
        "duration-zero-seconds.yaml",
        "glob-control-character.yaml",
        "glob-space-at-end.yaml",
        "listen-address-bad-host.yaml",
        "listen-address-bad-ipv4.yaml",
        "listen-address-bare-ipv6.yaml",
        "listen-address-port-above.yaml",
        "proxy-url-bad-port.yaml",
        "proxy-url-colon-in-user.yaml",
        "proxy-url-hash-in-password.yaml",
        "proxy-url-no-scheme.yaml",
        "proxy-url-percent-in-password.yaml",
        "proxy-url-query-in-password.yaml",
        "proxy-url-slash-in-password.yaml",
        "proxy-url-socks.yaml",
        "proxy-url-two-lines.yaml",
        "staleness-below-three-intervals.yaml",
        "tag-unknown.yaml",
        "telemetry-path-reserved-api.yaml",
        "telemetry-path-reserved.yaml",
        "telemetry-path-root.yaml",
        "variable-bad-name.yaml",
        "variable-empty-secret.yaml",
        "variable-nested.yaml",
        "variable-not-a-duration.yaml",
        "variable-not-a-flag.yaml",
        "variable-not-a-number.yaml",
        "variable-not-a-url.yaml",
        "variable-unset.yaml",
        "variable-unterminated.yaml",
      ]
    `);
  });
});

describe('the JSON schema of the web configuration', () => {
  test('takes the example', () => {
    fitsWeb(parse(example('web-config.example.yaml')));
    expect(fitsWeb.errors).toBeNull();
  });

  test('refuses what is faulty, but for faults that a schema cannot see', () => {
    expect(overlooked('../../bad-web-configs/', (value) => fitsWeb(value))).toMatchInlineSnapshot(`
      [
        "client-ca-missing.yaml",
        "client-ca-unasked.yaml",
        "client-sans-unrequired.yaml",
        "user-cost-too-high.yaml",
        "user-prototype.yaml",
        "user-with-colon.yaml",
        "users-empty.yaml",
        "versions-crossed.yaml",
      ]
    `);
  });
});
