import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { type Clock, systemClock } from '../domain/time.ts';
import { authenticator } from './access/authentication.ts';
import {
  type ApiKey,
  type Credentials,
  type ServiceAccount,
  simulatorAccount,
  simulatorKey,
} from './access/credentials.ts';
import { type DigestAlgorithm, digestGuard } from './access/digest.ts';
import { tokenIssuer } from './access/token-issuer.ts';
import { type Limits, tokenBuckets } from './api/rate-limits.ts';
import { control } from './faults/control.ts';
import { type FaultSwitch, faultSwitch } from './faults/fault-switch.ts';
import type { Interception } from './interception.ts';
import { handleRequest, type RequestContext, targetOf } from './request-handler.ts';
import { newRequestLog, type RequestLog } from './request-log.ts';
import { listening, write } from './wire.ts';
import type { World } from './world/world.ts';

export type SimulatorOptions = {
  readonly world: World;
  /** The time in the world, which its snapshots and the header Date follow. It may run fast. */
  readonly clock?: Clock;
  /** The time in which nonces, tokens and rate limits are counted. */
  readonly realClock?: Clock;
  readonly host?: string;
  /** Default 0: any free one. */
  readonly port?: number;
  readonly apiKeys?: readonly ApiKey[];
  readonly serviceAccounts?: readonly ServiceAccount[];
  readonly digestAlgorithm?: DigestAlgorithm;
  readonly nonceLifeSeconds?: number;
  readonly nonceUses?: number;
  readonly tokenLifeSeconds?: number;
  readonly maxLiveTokens?: number;
  /** Overrides of Atlas's documented limits by endpoint set. */
  readonly rateLimits?: Limits | 'off';
  readonly goneVersions?: readonly string[];
  readonly accessList?: readonly string[];
  readonly latencyMs?: number;
  /** How many of the last requests the request log lists; 0 leaves the counters alone. */
  readonly maxLoggedRequests?: number;
};

export type Simulator = {
  /** `http://127.0.0.1:PORT`, without a path. */
  readonly url: string;
  readonly world: World;
  readonly requestLog: RequestLog;
  readonly credentials: Credentials;
  /** Lets a test answer in Atlas's place. Undefined ends it. */
  intercept(by: Interception | undefined): void;
  /** What goes wrong beside that; also switched by `PUT /-/faults`. */
  readonly faults: FaultSwitch;
  /** Ends at once: open connections are cut. */
  close(): Promise<void>;
};

/** Starts an Atlas that serves `world`. Rejects with the system's error when it cannot listen. */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const clock = options.clock ?? systemClock;
  const realClock = options.realClock ?? systemClock;
  const credentials: Credentials = {
    apiKeys: options.apiKeys ?? [simulatorKey],
    serviceAccounts: options.serviceAccounts ?? [simulatorAccount],
  };
  const guard = digestGuard({
    algorithm: options.digestAlgorithm ?? 'MD5',
    nonceLifeSeconds: options.nonceLifeSeconds ?? 60,
    nonceUses: options.nonceUses ?? 1024,
    clock: realClock,
  });
  const office = tokenIssuer(credentials, {
    expiresIn: options.tokenLifeSeconds ?? 3600,
    maxLive: options.maxLiveTokens ?? 100,
    clock: realClock,
  });
  const requestLog = newRequestLog(options.maxLoggedRequests ?? 10_000);
  let interception: Interception | undefined;
  const faults = faultSwitch();
  const reception: RequestContext = {
    authenticate: authenticator(credentials, guard, office),
    challenge: () => guard.challenge(true),
    tokens: office,
    rules: {
      world: options.world,
      goneVersions: options.goneVersions ?? [],
      accessList: options.accessList,
      takeToken:
        options.rateLimits === 'off'
          ? undefined
          : tokenBuckets(options.rateLimits ?? {}, realClock),
    },
    clock,
    interceptions: () => [...(interception === undefined ? [] : [interception]), faults.intercept],
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (await control(faults, request, response)) return;
    const answer = await handleRequest(reception, request);
    const unanswered = typeof answer === 'string';
    const delayMs = (options.latencyMs ?? 0) + (unanswered ? 0 : (answer.delayMs ?? 0));
    // Not to keep a process alive that has closed everything.
    if (delayMs > 0) await setTimeout(delayMs, undefined, { ref: false });
    requestLog.record({
      method: request.method ?? '',
      ...targetOf(request),
      status: unanswered ? 0 : answer.status,
      bytes: unanswered ? 0 : Buffer.byteLength(answer.body ?? ''),
    });
    if (!unanswered) write(response, answer, clock());
    else if (answer === 'destroy') request.socket.destroy();
    else if (answer === 'reset') request.socket.resetAndDestroy();
  };

  // Longer than any client of ours keeps a connection, so that none is closed under a request.
  const server = createServer({ keepAliveTimeout: 65_000 }, (request, response) => {
    serve(request, response).catch((cause: unknown) => {
      // A client that hangs up half-way is no fault of ours; all else is, or of an interception.
      if (!request.destroyed) console.error('the simulator failed to answer', cause);
      request.socket.destroy();
    });
  });
  const host = options.host ?? '127.0.0.1';
  const port = await listening(server, host, options.port ?? 0);
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    world: options.world,
    requestLog,
    credentials,
    faults,
    intercept: (by) => {
      interception = by;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
