import type { DigestKey } from '../../../src/atlas/transport/digest.ts';
import { digest } from '../../../src/atlas/transport/digest-session.ts';
import type { Layer } from '../../../src/atlas/transport/http.ts';
import type { Simulator, SimulatorOptions } from '../../../src/simulator/server.ts';
import { World } from '../../../src/simulator/world/world.ts';
import { simulated } from '../../simulator/client.ts';
import { acceptedBody } from '../accepted-body.ts';
import { standingTime, type VirtualTime } from './virtual-time.ts';
import { type Wired, wired } from './wire.ts';

const empty = new World([], [], []);
export const good: DigestKey = { user: 'simulator', password: 'simulator-key' };

export type Session = {
  readonly simulator: Simulator;
  readonly time: VirtualTime;
  readonly client: Wired;
  /** The Authorization headers that were sent. */
  readonly sent: readonly string[];
};

/** A digest client of a simulator, both living by one clock that moves by hand. */
export async function session(
  options: Partial<SimulatorOptions> = {},
  readKey: () => Promise<DigestKey> = async () => good,
  above: (time: VirtualTime) => readonly Layer[] = () => [],
): Promise<Session> {
  const time = standingTime();
  const simulator = await simulated(empty, {
    realClock: () => time.now() / 1000,
    rateLimits: 'off',
    ...options,
  });
  const sent: string[] = [];
  const listening: Layer = (next) => (request, signal) => {
    sent.push(request.headers['authorization'] ?? '');
    return next(request, signal);
  };
  const layers = [...above(time), digest(readKey, time.timing), listening];
  return { simulator, time, client: wired(simulator.url, layers), sent };
}

/** Many requests, so many at once; between two rounds the clock moves on. */
export async function statuses(
  { client, time }: Session,
  requests: number,
  { concurrency = 10, betweenMs = 0 } = {},
): Promise<Readonly<Record<number, number>>> {
  const counted: Record<number, number> = {};
  for (let done = 0; done < requests; done += concurrency) {
    const round = Array.from({ length: concurrency }, () => client.get());
    for (const { status } of await Promise.all(round)) counted[status] = (counted[status] ?? 0) + 1;
    await time.advance(betweenMs);
  }
  return counted;
}

export const field = (authorization: string, name: string) =>
  new RegExp(`[ ,]${name}="?([^",]*)`).exec(authorization)?.[1] ?? '';
export const counts = (sent: readonly string[]) =>
  sent.filter((value) => value !== '').map((value) => Number.parseInt(field(value, 'nc'), 16));

export async function read(response: Parameters<typeof acceptedBody>[1]): Promise<unknown> {
  return acceptedBody('projects', response);
}
