import { onTestFinished } from 'vitest';
import type { AtlasClient } from '../../src/atlas/client.ts';
import { type Credentials, connect } from '../../src/atlas/connect.ts';
import type { Api } from '../../src/atlas/endpoints.ts';
import type { Deadline } from '../../src/atlas/transport/message.ts';
import type { Observer } from '../../src/atlas/transport/observer.ts';
import { direct, type Route } from '../../src/atlas/transport/route.ts';
import type { Clock } from '../../src/domain/time.ts';
import { start } from '../simulator/client.ts';
import { hurriedTime, type VirtualTime } from './transport/virtual-time.ts';

/** What the observer of a client was told, as lines. */
export type Heard = {
  readonly exchanges: { readonly endpoint: string; readonly status: number }[];
  readonly retries: string[];
  readonly throttled: number[];
  readonly limits: string[];
  readonly sunsets: string[];
  readonly clocks: number[];
};

const simulatorKey: Credentials = {
  kind: 'api_key',
  read: async () => ({ user: 'simulator', password: 'simulator-key' }),
};
export const simulatorAccount: Credentials = {
  kind: 'service_account',
  read: async () => ({
    clientId: 'mdb_sa_id_simulator',
    clientSecret: 'mdb_sa_sk_simulator',
  }),
};

export const patient: Deadline = {
  signal: new AbortController().signal,
  deadlineMs: Number.POSITIVE_INFINITY,
};

export type Reader = {
  readonly client: AtlasClient;
  readonly heard: Heard;
  readonly time: VirtualTime;
};

/** A whole client of `origin`, with all its layers, whose waits cost no time. */
export function reader(
  origin: string,
  options: {
    readonly api?: Api;
    readonly credentials?: Credentials;
    readonly timeoutMs?: number;
    readonly clock?: Clock;
    readonly time?: VirtualTime;
    readonly route?: Route;
  } = {},
): Reader {
  const time = options.time ?? hurriedTime();
  const heard: Heard = {
    exchanges: [],
    retries: [],
    throttled: [],
    limits: [],
    sunsets: [],
    clocks: [],
  };
  const { client, close } = connect({
    origin,
    api: options.api ?? 'v2',
    credentials: options.credentials ?? simulatorKey,
    timeoutMs: options.timeoutMs ?? 5_000,
    connections: 10,
    route: options.route ?? direct,
    observer: observerTelling(heard),
    clock: options.clock ?? (() => start),
    timing: time.timing,
  });
  onTestFinished(close);
  return { client, heard, time };
}

function observerTelling(heard: Heard): Observer {
  return {
    exchanged: (endpoint, status) => heard.exchanges.push({ endpoint, status }),
    retried: (reason) => heard.retries.push(reason),
    throttled: (seconds) => heard.throttled.push(seconds),
    rateLimit: (endpoint, capacity, remaining) =>
      heard.limits.push(`${endpoint} ${remaining}/${capacity}`),
    sunset: (endpoint, at) => heard.sunsets.push(`${endpoint} ${at}`),
    atlasClock: (at) => heard.clocks.push(at),
  };
}
