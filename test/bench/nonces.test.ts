import { expect, test } from 'vitest';
import { newNonces } from '../../bench/peers/nonces.ts';

const nonceIn = (challenge: string | undefined) => /nonce="(.*?)"/.exec(challenge ?? '')?.[1] ?? '';
const signed = (nonce: string, count: number) =>
  `Digest username="simulator", nonce="${nonce}", nc=${count.toString(16).padStart(8, '0')}`;

test('a nonce lets in each count once, in any order', () => {
  const { challengeFor, counts } = newNonces();
  const nonce = nonceIn(challengeFor(undefined));
  expect(challengeFor(signed(nonce, 2))).toBeUndefined();
  expect(challengeFor(signed(nonce, 1))).toBeUndefined();
  expect(challengeFor(signed(nonce, 2))).toContain('stale=true');
  expect(counts()).toEqual([2, 1]);
});

test('a nonce is used up after 1,024 requests', () => {
  const { challengeFor } = newNonces();
  const nonce = nonceIn(challengeFor(undefined));
  for (let count = 1; count <= 1024; count += 1) {
    expect(challengeFor(signed(nonce, count))).toBeUndefined();
  }
  expect(challengeFor(signed(nonce, 1025))).toContain('stale=true');
});

test('a nonce that nobody gave lets nobody in', () => {
  expect(newNonces().challengeFor(signed('made-up', 1))).toContain('stale=true');
});
