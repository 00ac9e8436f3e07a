import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Interception } from '../interception.ts';
import { formOf } from '../wire.ts';
import { fraction } from '../world/random.ts';
import { FaultSyntaxError, type RequestedFault, requestedFaults } from './specification.ts';

/** The active faults, which may change at any time. */
export class FaultSwitch {
  #faults: readonly { readonly text: string; readonly intercept: Interception }[] = [];

  /** As they were written. */
  get active(): readonly string[] {
    return this.#faults.map(({ text }) => text);
  }

  /** Replaces those that were active; an empty text clears them. @throws FaultSyntaxError */
  set(text: string): void {
    this.#faults = requestedFaults(text).map((one) => ({
      text: one.text,
      intercept: limited(one),
    }));
  }

  readonly intercept: Interception = async (request) => {
    for (const { intercept } of this.#faults) {
      const answer = await intercept(request);
      if (answer !== undefined) return answer;
    }
    return undefined;
  };
}

/** The fault where it applies; which requests a share meets is the same in every run. */
function limited({ fault, parameter, share, path }: RequestedFault): Interception {
  const intercept = fault.start(parameter);
  let met = 0;
  return (request) => {
    const isToken = request.path === '/api/oauth/token';
    const kind = isToken ? 'token' : request.authorised ? 'calls' : 'others';
    const { appliesTo = 'calls' } = fault;
    if (appliesTo === 'all' ? isToken : appliesTo !== kind) return undefined;
    if (!path.test(request.path)) return undefined;
    met += 1;
    return fraction(1, met) < share ? intercept(request) : undefined;
  };
}

const loopback = /^(::1|(::ffff:)?127(\.\d+){3})$/;

/**
 * Answers a request for `/-/faults`: GET lists the active faults, PUT replaces them with those of
 * its body. Only for callers on this machine. False: it is about something else.
 */
export async function control(
  faults: FaultSwitch,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  if (request.url !== '/-/faults') return false;
  const say = (status: number, text: string) => {
    response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(text);
    return true;
  };
  const { method, socket } = request;
  if (!loopback.test(socket.remoteAddress ?? '')) return say(403, 'only from this machine\n');
  if (method !== 'GET' && method !== 'PUT') return say(405, 'GET or PUT\n');
  try {
    if (method === 'PUT') faults.set(await formOf(request));
  } catch (error) {
    if (error instanceof FaultSyntaxError) return say(400, `${error.message}\n`);
    throw error;
  }
  return say(200, faults.active.map((one) => `${one}\n`).join(''));
}
