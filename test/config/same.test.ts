import { describe, expect, test } from 'vitest';
import { keysForRestart } from '../../src/config/restart.ts';
import { sameSettings } from '../../src/config/same.ts';
import { account, canary, configOrThrow, load } from './loading.ts';

const config = async (text: string) => configOrThrow(await load(text));

describe('two configurations', () => {
  test('are the same when they mean the same, however they are written', async () => {
    const written = `# a comment\npoll: { interval: 300s }\n${account}`;
    expect(sameSettings(await config(written), await config(account))).toBe(true);
  });

  test.each([
    ['a secret', account.replace(canary, `${canary}-2`)],
    ['where a secret is', account.replace(`private_key: ${canary}`, 'private_key_file: key')],
    ['a filter', `${account}    projects: { exclude: [sandbox] }\n`],
    ['a number', `${account}poll: { concurrency: 3 }\n`],
    ['the length of a list', `${account}objectives: { overrides: [{ match: "*", rpo: 1d }] }\n`],
    ['the certificate authorities', `${account}    ca_file: ca.pem\n`],
    ['the proxy', `${account}    proxy_url: http://alice:${canary}@127.0.0.1:1\n`],
  ])('differ by %s', async (_what, text) => {
    const [one, other] = [await config(account), await config(text)];
    expect(sameSettings(one, other)).toBe(false);
    expect(sameSettings(other, one)).toBe(false);
    expect(sameSettings(other, await config(text))).toBe(true);
  });

  test('differ by the secret in the URL of the proxy alone', async () => {
    const proxied = (password: string) =>
      config(`${account}    proxy_url: http://alice:${password}@127.0.0.1:1\n`);
    expect(sameSettings(await proxied('one'), await proxied('two'))).toBe(false);
  });
});

test('only where it listens cannot change without a restart', async () => {
  const before = await config(account);
  const all = [
    'poll: { interval: 6m, background: true }',
    'log: { level: debug, format: logfmt }',
    'web: { external_url: "https://backups.example.net" }',
    'limits: { max_series: 5 }',
  ].join('\n');
  expect(keysForRestart(before, await config(`${account}${all}\n`))).toEqual([]);
  const elsewhere = 'web: { listen_address: "127.0.0.1:1", telemetry_path: /m }';
  expect(keysForRestart(before, await config(`${account}${elsewhere}\n`))).toEqual([
    'web.listen_address',
    'web.telemetry_path',
  ]);
});
