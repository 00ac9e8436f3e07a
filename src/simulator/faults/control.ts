import type { IncomingMessage, ServerResponse } from 'node:http';
import { formOf } from '../wire.ts';
import type { FaultSwitch } from './fault-switch.ts';
import { FaultSyntaxError } from './specification.ts';

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
