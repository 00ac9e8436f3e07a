import { expect, test } from 'vitest';
import { configHash } from '../../src/config/hash.ts';
import { account, canary, configOrThrow, load } from './loading.ts';

const hashOf = async (text: string) => configHash(configOrThrow(await load(text)));

test('the hash fits a sample without loss', async () => {
  const hash = await hashOf(account);
  expect(Number.isSafeInteger(hash)).toBe(true);
  expect(hash).toBeLessThan(2 ** 48);
});

test('the hash follows what a setting means, not how it is written', async () => {
  const written = `poll: { interval: 300s }\n# a comment\nlog: { format: json, level: info }\n${account}`;
  expect(await hashOf(written)).toBe(await hashOf(account));
});

test('the hash changes with every setting', async () => {
  const texts = [
    'poll: { interval: 6m }',
    'log: { level: debug }',
    'web: { listen_address: ":1" }',
  ];
  const hashes = await Promise.all(['', ...texts].map((text) => hashOf(`${account}${text}\n`)));
  expect(new Set(hashes).size).toBe(hashes.length);
});

test('the hash tells nothing of a secret', async () => {
  expect(await hashOf(account.replace(canary, 'another'))).toBe(await hashOf(account));
});
