import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { isObject } from '../../../generate/chart/documented.ts';
import { chart, files, keys } from '../../../generate/chart/generate.ts';
import packageJson from '../../../package.json' with { type: 'json' };
import { usualSetting } from '../../../src/alerting/setting.ts';

const root = new URL('../../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');

const values: Readonly<Record<string, unknown>> = parse(read(`${chart}values.yaml`));
const schema: Readonly<Record<string, unknown>> = JSON.parse(
  files.get(`${chart}values.schema.json`) ?? '{}',
);
const fits = new Ajv({ allowUnionTypes: true, strictRequired: false }).compile(schema);

test('the chart has the version of the program', () => {
  const { version, appVersion } = parse(read(`${chart}Chart.yaml`));
  expect([version, appVersion]).toEqual([packageJson.version, packageJson.version]);
});

test('the rules of the chart have by default the job and the runbooks of the rule files', () => {
  expect(values).toMatchObject({
    scrape: { job: usualSetting.job },
    rules: { runbooks: usualSetting.runbooks },
  });
});

test('every key of values.yaml was found, with the comment above it', () => {
  const paths = (value: unknown, path: readonly string[]): readonly string[] =>
    isObject(value)
      ? Object.entries(value).flatMap(([key, inner]) => [
          [...path, key].join('.'),
          ...paths(inner, [...path, key]),
        ])
      : [];
  expect(keys.map(({ path }) => path.join('.'))).toEqual(paths(values, []));
  expect(keys.find(({ path }) => path.join('.') === 'reload.interval')).toEqual({
    path: ['reload', 'interval'],
    about: 'How often the exporter checks for a change.',
    defaultValue: '30s',
    section: 'Configuration of the exporter',
  });
});

test('the schema knows every value, and values.yaml shows every one the schema knows', () => {
  // Of these the inside is not ours, or is for the user alone.
  const open = ['global', 'enabled', 'config', 'web.config', 'rules.alerts'];
  const known = (shape: unknown, path: readonly string[]): readonly string[] => {
    const name = path.join('.');
    const inner = isObject(shape) && !open.includes(name) ? shape['properties'] : undefined;
    return [
      name,
      ...Object.entries(inner ?? {}).flatMap(([key, one]) => known(one, [...path, key])),
    ];
  };
  const shown = keys
    .map(({ path }) => path.join('.'))
    // Defaults of what Kubernetes describes.
    .filter((name) => !/(?:SecurityContext|securityContext|Probe|dashboards\.labels)\./.test(name));
  const known_ = known(schema, []).filter((name) => !['', 'global', 'enabled'].includes(name));
  expect(known_.toSorted()).toEqual(shown.toSorted());
});

describe('the schema', () => {
  const account = (auth: object) => ({ config: { accounts: [{ auth }] } });
  const file = '/run/secret';

  test.each<[string, object]>([
    ['the defaults', values],
    ['nothing', {}],
    ['the example configuration', { config: parse(read('config.example.yaml')) }],
    ['the example web configuration', { web: { config: parse(read('web-config.example.yaml')) } }],
    ['what a chart above hands down', { global: { anything: 1 }, enabled: true }],
    [
      'a secret in a variable',
      account({ api_key: { public_key: 'abcdwxyz', private_key: ['$', '{KEY}'].join('') } }),
    ],
  ])('takes %s', (_, given) => {
    fits(given);
    expect(fits.errors).toBeNull();
  });

  test.each<[string, object]>([
    ['an unknown value', { replica: 2 }],
    ['a wrong type', { replicas: '2' }],
    ['a secret in the configuration', account({ api_key: { public_key: 'a', private_key: 'b' } })],
    [
      'a password of a proxy in the configuration',
      { config: { accounts: [{ proxy_url: 'http://user:password@proxy:3128' }] } },
    ],
    [
      'a secret beside its file',
      account({ api_key: { public_key: 'a', public_key_file: file, private_key_file: file } }),
    ],
    ['no duration', { config: { poll: { interval: '5' } } }],
    [
      'a port that the chart cannot read',
      { config: { web: { listen_address: ['$', '{A}'].join('') } } },
    ],
    ['an alert that there is not', { rules: { alerts: { AtlasBackupLate: {} } } }],
    [
      'a parameter that the alert has not',
      { rules: { alerts: { AtlasBackupOverdue: { parameters: { after: 1 } } } } },
    ],
    [
      'a parameter of another unit',
      { rules: { alerts: { AtlasBackupExporterDown: { parameters: { window: 600 } } } } },
    ],
    ['a file from nowhere', { files: [{ name: 'a' }] }],
    ['a plain password', { web: { users: { prometheus: 'secret' } } }],
  ])('refuses %s', (_, given) => {
    expect(fits(given)).toBe(false);
  });
});
