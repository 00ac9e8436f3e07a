import type { Layer } from '../../../src/atlas/transport/http.ts';
import { oauth, type ServiceAccount } from '../../../src/atlas/transport/oauth.ts';
import type { RawResponse } from '../../../src/simulator/interception.ts';
import type { Simulator, SimulatorOptions } from '../../../src/simulator/server.ts';
import { World } from '../../../src/simulator/world/world.ts';
import { simulated } from '../../simulator/client.ts';
import { acceptedBody } from '../accepted-body.ts';
import { standingTime, type VirtualTime } from './virtual-time.ts';
import { failureOf, type Wired, wired } from './wire.ts';

const empty = new World([], [], []);
export const good: ServiceAccount = {
  clientId: 'mdb_sa_id_simulator',
  clientSecret: 'mdb_sa_sk_simulator',
};
export const tokenPath = '/api/oauth/token';

type Session = {
  readonly simulator: Simulator;
  readonly time: VirtualTime;
  readonly client: Wired;
  readonly sent: readonly string[];
  /** Statuses of the token requests so far. */
  tokens(): readonly number[];
  /** Statuses of the others. */
  reads(): readonly number[];
  /** Answers token requests in the place of Atlas. */
  tokenAnswer(by: (() => RawResponse | undefined) | undefined): void;
};

export async function session(
  options: Partial<SimulatorOptions> = {},
  readAccount: () => Promise<ServiceAccount> = async () => good,
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
  const asked = (token: boolean) =>
    simulator.requestLog.entries
      .filter(({ path }) => (path === tokenPath) === token)
      .map(({ status }) => status);
  return {
    simulator,
    time,
    client: wired(simulator.url, [oauth(readAccount, time.timing), listening]),
    sent,
    tokens: () => asked(true),
    reads: () => asked(false),
    tokenAnswer: (by) =>
      simulator.intercept(by && (({ path }) => (path === tokenPath ? by() : undefined))),
  };
}

export const times = (count: number, { client }: Session) =>
  Promise.all(Array.from({ length: count }, async () => (await client.get()).status));

export async function failures(count: number, { client }: Session): Promise<readonly string[]> {
  const all = Array.from({ length: count }, async () => {
    const error = await failureOf(client.get().then((it) => acceptedBody('projects', it)));
    return `${error.endpoint} ${error.reason}`;
  });
  return [...new Set(await Promise.all(all))];
}
