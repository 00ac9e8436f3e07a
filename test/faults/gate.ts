import { connect, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** Answers a request below HTTP. False: it goes through. */
export type Meddler = (socket: Socket, nth: number) => void;

export type Gate = {
  readonly url: string;
  /** The heads of all requests that came. */
  readonly requests: readonly string[];
  /** That went back. */
  readonly bytes: () => number;
  /** Requests for such a path are answered by this. Undefined: all go through. */
  meddle(by: { readonly path: RegExp; readonly answer: Meddler } | undefined): void;
  /** Nobody listens until it is opened again. */
  shut(): Promise<void>;
  open(): Promise<void>;
};

/** Stands before the simulator and sees every byte, so that the exporter's word is not needed. */
export async function gateTo(target: string): Promise<Gate> {
  const sockets = new Set<Socket>();
  const requests: string[] = [];
  let bytes = 0;
  let met = 0;
  let meddling: Parameters<Gate['meddle']>[0];
  const kept = (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
    return socket;
  };
  const server = createServer((socket) => {
    kept(socket);
    const upstream = kept(connect(Number(new URL(target).port), '127.0.0.1'));
    socket.on('data', (chunk) => {
      const head = chunk.toString('latin1');
      const path = /^[A-Z]+ ([^ ?]+)/.exec(head)?.[1];
      if (path !== undefined) requests.push(head);
      if (path !== undefined && meddling?.path.test(path)) meddling.answer(socket, ++met);
      else upstream.write(chunk);
    });
    upstream.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (!socket.write(chunk)) upstream.pause();
    });
    socket.on('drain', () => upstream.resume());
    socket.on('close', () => upstream.destroy());
    upstream.on('end', () => socket.end());
    upstream.on('close', () => socket.destroy());
    upstream.on('error', () => socket.resetAndDestroy());
  });
  const listen = (port: number) =>
    new Promise<number>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', () => {
        const address = server.address();
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
  const shut = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  const port = await listen(0);
  onTestFinished(async () => {
    if (server.listening) await shut();
  });
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    bytes: () => bytes,
    meddle: (by) => {
      meddling = by;
    },
    shut,
    open: async () => {
      await listen(port);
    },
  };
}
