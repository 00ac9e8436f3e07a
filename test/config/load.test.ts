import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { readSecret } from '../../src/config/secret.ts';
import { account, configOrThrow, load, problemsOf } from './loading.ts';

test('a file with nothing but credentials gets every default', async () => {
  const { accounts, ...rest } = configOrThrow(await load(account));
  expect(rest).toMatchObject({
    poll: {
      mode: 'full',
      intervalSeconds: 300,
      discoveryIntervalSeconds: 900,
      background: false,
      concurrency: 10,
      requestTimeoutSeconds: 30,
      maxStalenessSeconds: 3_600,
      sweepIntervalSeconds: 3_600,
    },
    collectors: {
      schedule: true,
      copies: false,
      restores: false,
      exports: false,
      compliance: false,
      atlas_alerts: false,
      credentials: false,
    },
    objectives: { graceSeconds: 3_600, tag: '', overrides: [] },
    metrics: { relative: true, runtime: true, policyDetails: false, tags: [] },
    limits: { maxClusters: 20_000, maxSeries: 1_000_000 },
    web: {
      listenAddress: { host: '0.0.0.0', port: 10_071 },
      telemetryPath: '/metrics',
      externalUrl: '',
    },
    log: { level: 'info', format: 'json' },
  });
  expect(accounts).toMatchObject([
    {
      name: 'default',
      baseUrl: 'https://cloud.mongodb.com',
      api: 'v2',
      auth: { kind: 'api_key' },
      projects: { include: ['*'], exclude: [] },
      clusters: { include: ['*'], exclude: [] },
      legacy: 'auto',
    },
  ]);
});

test('a long interval raises the defaults that depend on it', async () => {
  const { poll } = configOrThrow(await load(`${account}poll: { interval: 2h }\n`));
  expect(poll).toMatchObject({
    discoveryIntervalSeconds: 7_200,
    maxStalenessSeconds: 21_600,
  });
});

test.each([
  ['5m', undefined, { sweepIntervalSeconds: 3_600, maxStalenessSeconds: 4_500 }],
  ['5m', '12h', { sweepIntervalSeconds: 43_200, maxStalenessSeconds: 44_100 }],
  ['2h', undefined, { sweepIntervalSeconds: 14_400, maxStalenessSeconds: 36_000 }],
])(
  'in mode adaptive with an interval of %s and a sweep of %s, what is as old as promised is not stale',
  async (interval, sweep, expected) => {
    const stated = sweep === undefined ? '' : `, sweep_interval: ${sweep}`;
    const text = `${account}poll: { mode: adaptive, interval: ${interval}${stated} }\n`;
    const { poll } = configOrThrow(await load(text));
    expect(poll).toMatchObject({ mode: 'adaptive', ...expected });
  },
);

test('no timer of the longest configuration overflows', async () => {
  const longest = `${account}poll: { interval: 24h, discovery_interval: 7d, request_timeout: 5m, sweep_interval: 7d }\n`;
  const { poll } = configOrThrow(await load(longest));
  const timers = [
    poll.intervalSeconds,
    poll.discoveryIntervalSeconds,
    poll.requestTimeoutSeconds,
    poll.sweepIntervalSeconds,
  ];
  for (const seconds of timers) expect(seconds * 1000).toBeLessThan(2 ** 31 - 1);
});

test('the configuration is frozen all the way down', async () => {
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    expect(Object.isFrozen(value)).toBe(true);
    Object.values(value).forEach(visit);
  };
  visit(configOrThrow(await load(`${account}    projects: { exclude: [a] }\n`)));
});

test('objectives and an API key with the old API are understood', async () => {
  const config = configOrThrow(
    await load(
      `${account}    api: v1.0\nobjectives: { grace: 0s, tag: backup-rpo, overrides: [{ match: "billing/*", rpo: 12h }, { match: "dev/*", rpo: none }] }\nmetrics: { tags: [] }\n`,
    ),
  );
  expect(config.accounts[0]?.api).toBe('v1.0');
  expect(config.objectives).toEqual({
    graceSeconds: 0,
    tag: 'backup-rpo',
    overrides: [
      { match: 'billing/*', rpoSeconds: 43_200 },
      { match: 'dev/*', rpoSeconds: 'none' },
    ],
  });
});

test('a setting without effect is accepted with a warning', async () => {
  const loaded = await load(`${account}poll:\n  sweep_interval: 2h\n`);
  expect(loaded).toMatchObject({
    kind: 'ok',
    warnings: [{ line: 7, column: 19, key: 'poll.sweep_interval' }],
  });
});

test('mode adaptive uses the same setting', async () => {
  const loaded = await load(`${account}poll:\n  mode: adaptive\n  sweep_interval: 2h\n`);
  expect(loaded).toMatchObject({ kind: 'ok', warnings: [] });
});

async function inFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'config-'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

test('a relative path of a secret starts from the folder of the configuration', async () => {
  await inFolder(async (folder) => {
    const path = join(folder, 'config.yaml');
    await writeFile(path, account.replace(/private_key: .*/, 'private_key_file: key.txt'));
    await writeFile(join(folder, 'key.txt'), 'from the file\n');
    const config = configOrThrow(await loadConfig({ path, env: {}, readFile }));
    const auth = config.accounts[0]?.auth;
    if (auth?.kind !== 'api_key') throw new Error('an API key was given');
    await expect(readSecret(auth.privateKey)).resolves.toBe('from the file');
  });
});

test('an absolute path of a secret stays as it is', async () => {
  const text = account.replace(/private_key: .*/, 'private_key_file: /run/secrets/key');
  const auth = configOrThrow(await load(text)).accounts[0]?.auth;
  expect(auth?.kind === 'api_key' && auth.privateKey.source()).toEqual({
    kind: 'file',
    path: '/run/secrets/key',
  });
});

test('a named file that is missing or a folder is one problem', async () => {
  await inFolder(async (folder) => {
    const path = join(folder, 'none.yaml');
    const env = { MONGODB_ATLAS_CLIENT_ID: 'a', MONGODB_ATLAS_CLIENT_SECRET: 'b' };
    expect(problemsOf(await loadConfig({ path, env, readFile }))).toBe(
      `${path}: there is no such file`,
    );
    expect(problemsOf(await loadConfig({ path: folder, env, readFile }))).toBe(
      `${folder}: is a folder, not a file`,
    );
  });
});

test.each([
  ['EACCES', 'may not be read by this user'],
  ['EIO', 'cannot be read (EIO)'],
])('a file that fails with %s is one problem, named or not', async (code, message) => {
  const failing = async () => {
    throw Object.assign(new Error('nobody should see this'), { code });
  };
  for (const path of ['config.yaml', undefined]) {
    const loaded = await loadConfig({ path, env: {}, readFile: failing });
    expect(problemsOf(loaded)).toBe(`config.yaml: ${message}`);
  }
});
