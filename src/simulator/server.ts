import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { systemClock } from '../domain/time.ts';
import { type Credentials, simulatorAccount, simulatorKey } from './access/credentials.ts';
import { control, FaultSwitch } from './faults/fault-switch.ts';
import type { Interception } from './interception.ts';
import { requestHandler, type SimulatorOptions } from './request-handler.ts';
import { RequestLog } from './request-log.ts';
import { listening, targetOf, write } from './wire.ts';
import type { World } from './world/world.ts';

export type { SimulatorOptions };

export type Simulator = {
  /** `http://127.0.0.1:PORT`, without a path. */
  readonly url: string;
  readonly world: World;
  readonly requestLog: Omit<RequestLog, 'record'>;
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
  const { world, host = '127.0.0.1', port: wantedPort = 0, maxLoggedRequests = 10_000 } = options;
  const credentials: Credentials = {
    apiKeys: options.apiKeys ?? [simulatorKey],
    serviceAccounts: options.serviceAccounts ?? [simulatorAccount],
  };
  const faults = new FaultSwitch();
  const requestLog = new RequestLog(maxLoggedRequests);
  let interception: Interception | undefined;
  const serve = serving(options, credentials, faults, requestLog, () => interception);
  // Longer than any client of ours keeps a connection, so that none is closed under a request.
  const server = createServer({ keepAliveTimeout: 65_000 }, serve);
  const port = await listening(server, host, wantedPort);
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    world,
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

/** Answers one request after the other, and logs each. A test's interception comes before the faults. */
function serving(
  options: SimulatorOptions,
  credentials: Credentials,
  faults: FaultSwitch,
  requestLog: RequestLog,
  interception: () => Interception | undefined,
): (request: IncomingMessage, response: ServerResponse) => void {
  const { clock = systemClock, latencyMs = 0 } = options;
  const handle = requestHandler(options, credentials, () => {
    const first = interception();
    return first === undefined ? [faults.intercept] : [first, faults.intercept];
  });

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (await control(faults, request, response)) return;
    const answer = await handle(request);
    const answered = typeof answer === 'string' ? undefined : answer;
    const delayMs = latencyMs + (answered?.delayMs ?? 0);
    // Not to keep a process alive that has closed everything.
    if (delayMs > 0) await setTimeout(delayMs, undefined, { ref: false });
    requestLog.record({
      method: request.method ?? '',
      ...targetOf(request),
      status: answered?.status ?? 0,
      bytes: Buffer.byteLength(answered?.body ?? ''),
    });
    if (answered !== undefined) write(response, answered, clock());
    else if (answer === 'destroy') request.socket.destroy();
    else if (answer === 'reset') request.socket.resetAndDestroy();
  };

  return (request, response) => {
    serve(request, response).catch((cause: unknown) => {
      // A client that hangs up half-way is no fault of ours; all else is, or of an interception.
      if (!request.destroyed) console.error('the simulator failed to answer', cause);
      request.socket.destroy();
    });
  };
}
