import { createHash, randomUUID } from 'node:crypto';
import { onTestFinished } from 'vitest';
import type { Clock, UnixSeconds } from '../../src/domain/time.ts';
import {
  type Simulator,
  type SimulatorOptions,
  startSimulator,
} from '../../src/simulator/server.ts';
import type { World } from '../../src/simulator/world/world.ts';

/** 2026-08-12T10:00:00Z, a Wednesday. */
export const start: UnixSeconds = 1_786_528_800;

/** A clock that stands until it is set. */
export function standingClock(at: UnixSeconds = start): {
  clock: Clock;
  set(at: UnixSeconds): void;
} {
  let now = at;
  return {
    clock: () => now,
    set: (to) => {
      now = to;
    },
  };
}

export async function simulated(
  world: World,
  options: Partial<SimulatorOptions> = {},
): Promise<Simulator> {
  const simulator = await startSimulator({ world, clock: () => start, ...options });
  onTestFinished(() => simulator.close());
  return simulator;
}

export type Answer = {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: the tests look into bodies of many shapes
  readonly json: any;
};

export const newest = 'application/vnd.atlas.2025-03-12+json';

export async function plainGet(url: string, headers: Record<string, string> = {}): Promise<Answer> {
  return answerOf(await fetch(url, { headers: { accept: newest, ...headers } }));
}

export async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  const { status, headers } = response;
  return { status, headers, text, json: isJson && text !== '' ? JSON.parse(text) : undefined };
}

export type Key = { readonly user: string; readonly password: string };
export const key: Key = { user: 'simulator', password: 'simulator-key' };

/** The header that answers a challenge; written apart from the simulator's own calculation. */
export function authorization(
  challenge: string,
  target: string,
  { user, password }: Key = key,
  count = 1,
  method = 'GET',
): string {
  const part = (name: string): string =>
    new RegExp(`${name}="?([^",]*)"?`).exec(challenge)?.[1] ?? '';
  const md5 = part('algorithm') === 'MD5';
  const hash = (text: string): string =>
    createHash(md5 ? 'md5' : 'sha256')
      .update(text)
      .digest('hex');
  const nc = count.toString(16).padStart(8, '0');
  const cnonce = randomUUID();
  const response = hash(
    [
      hash(`${user}:${part('realm')}:${password}`),
      part('nonce'),
      nc,
      cnonce,
      'auth',
      hash(`${method}:${target}`),
    ].join(':'),
  );
  const escaped = user.replace(/["\\]/g, '\\$&');
  return `Digest username="${escaped}", realm="${part('realm')}", nonce="${part('nonce')}", uri="${target}", cnonce="${cnonce}", nc=${nc}, qop=auth, response="${response}", algorithm=${part('algorithm')}`;
}

/** Asks as a client without memory does: for the challenge, then with the answer to it. */
export async function get(
  simulator: Simulator,
  path: string,
  headers: Record<string, string> = {},
  as: Key = key,
): Promise<Answer> {
  const target = path.startsWith('/api/') ? path : `/api/atlas/v2${path}`;
  const url = simulator.url + target;
  const challenge = (await plainGet(url)).headers.get('www-authenticate') ?? '';
  return plainGet(url, { authorization: authorization(challenge, target, as), ...headers });
}
