import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { onTestFinished } from 'vitest';

/** Where a server listens, and whether it speaks TLS. */
export type Place = { readonly port: number; readonly tls: boolean };

export type Said = {
  /** Every byte as one character. */
  readonly text: string;
  /** Those of the answers, in order. */
  readonly statuses: readonly number[];
  readonly closed: boolean;
  readonly seconds: number;
};

/** A connection that does nothing by itself, for the length of one test. */
export async function connection({ port, tls }: Place): Promise<Socket> {
  const socket = tls
    ? connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false })
    : connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  onTestFinished(() => void socket.destroy());
  await new Promise<void>((resolve) => {
    socket.once(tls ? 'secureConnect' : 'connect', () => resolve());
    socket.once('close', () => resolve());
  });
  return socket;
}

/** What comes on a connection until it is closed, or until a whole answer has come and `atLeastMs` passed. */
export function heard(socket: Socket, mostMs: number): Promise<Said> {
  const startedAt = performance.now();
  return new Promise((resolve) => {
    let text = '';
    const end = (closed: boolean) => {
      clearTimeout(patience);
      const statuses = [...text.matchAll(/^HTTP\/1\.1 (\d{3}) /gm)].map(([, code]) => Number(code));
      resolve({ text, statuses, closed, seconds: (performance.now() - startedAt) / 1000 });
    };
    const patience = setTimeout(() => end(false), mostMs);
    socket.setEncoding('latin1').on('data', (more) => {
      text += more;
    });
    socket.once('close', () => end(true));
    if (socket.closed) end(true);
  });
}

/** Sends bytes as they are, and hears until the server closes. */
export async function said(place: Place, bytes: string, mostMs = 1_000): Promise<Said> {
  const socket = await connection(place);
  const answer = heard(socket, mostMs);
  socket.write(bytes, 'latin1');
  return answer;
}
