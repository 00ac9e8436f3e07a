import type { Server, Socket } from 'node:net';
import { createServer, type SecureContextOptions, type TLSSocket } from 'node:tls';
import { type ClientPolicy, certificateFault } from './client-certificate.ts';
import { peerOf } from './peer.ts';

/** Certificate, key and what is asked of clients. */
export type TlsTerms = {
  readonly client: ClientPolicy;
  readonly options: SecureContextOptions;
};

export type TlsListener = {
  /** Takes over the TLS of a server that has no certificate of its own. */
  readonly guard: (server: Server) => void;
  /** Whether a connection began before the terms were replaced. */
  readonly isOutdated: (socket: Socket) => boolean;
  /** Drops connections whose handshake has not ended; nothing else would before its time is up. */
  readonly stop: () => void;
};

type Options = {
  /** Looks whether the terms have changed. Never rejects. */
  readonly refresh: () => Promise<void>;
  /** Those that hold now; the same object as long as nothing has changed. */
  readonly terms: () => TlsTerms;
  /** A connection that was not let in. */
  readonly refused: (client: string, why: string) => void;
  readonly maxHandshakeMs?: number;
};

export function newTlsListener(options: Options): TlsListener {
  const { refresh, terms, refused, maxHandshakeMs = 10_000 } = options;
  const handshaking = new Map<string, Socket>();
  const begun = new WeakMap<Socket, TlsTerms>();

  /** A server that never listens: it is handed connections and hands them on. */
  function encryption(under: TlsTerms, speakHttp: (socket: TLSSocket) => void) {
    const { client, options } = under;
    const server = createServer({
      ...options,
      ALPNProtocols: ['http/1.1'],
      handshakeTimeout: maxHandshakeMs,
      requestCert: client.asks,
      // Where a certificate is not required but verified if given, we look ourselves.
      rejectUnauthorized: client.requires && client.verifies,
    });
    server.on('tlsClientError', (error: NodeJS.ErrnoException, socket) => {
      refused(addressOf(socket), error.code ?? error.message);
      socket.destroy();
    });
    server.on('secureConnection', (socket) => {
      handshaking.delete(peerOf(socket));
      const fault = certificateFault(client, socket.getPeerX509Certificate(), socket.authorized);
      if (fault !== undefined) {
        refused(addressOf(socket), fault);
        socket.destroy();
        return;
      }
      begun.set(socket, under);
      speakHttp(socket);
    });
    return server;
  }

  return {
    guard: (server) => {
      server.removeAllListeners('connection');
      const speakHttp = (socket: TLSSocket) => void server.emit('secureConnection', socket);
      let under = terms();
      let encrypted = encryption(under, speakHttp);
      server.on('connection', async (socket: Socket) => {
        const peer = peerOf(socket);
        handshaking.set(peer, socket);
        socket.once('close', () => handshaking.delete(peer));
        socket.on('error', () => socket.destroy());
        await refresh();
        if (socket.destroyed) return;
        if (under !== terms()) {
          under = terms();
          encrypted = encryption(under, speakHttp);
        }
        encrypted.emit('connection', socket);
      });
    },
    isOutdated: (socket) => begun.has(socket) && begun.get(socket) !== terms(),
    stop: () => {
      for (const socket of handshaking.values()) socket.destroy();
    },
  };
}

function addressOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress ?? 'gone'} ${remotePort ?? ''}`.trimEnd();
}
