import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { peerOf } from './peer.ts';

type Connection = { readonly socket: Socket; readonly answering: number };

export type Connections = {
  readonly opened: (socket: Socket) => void;
  /** A request has come in on this one, encrypted or not. */
  readonly asked: (socket: Socket, response: ServerResponse) => void;
};

/**
 * Keeps at most so many connections. One more closes the one that has been idle for longest, so that
 * a probe is served however many connections do nothing.
 */
export function newConnections(max: number): Connections {
  /** By peer, the one that has been idle for longest first. */
  const open = new Map<string, Connection>();

  const alive = (peer: string, change: -1 | 1) => {
    const connection = open.get(peer);
    if (connection === undefined) return;
    open.delete(peer);
    open.set(peer, { ...connection, answering: connection.answering + change });
  };
  const makeRoom = () => {
    for (const [peer, { socket, answering }] of open) {
      if (answering > 0) continue;
      open.delete(peer);
      socket.destroy();
      return;
    }
    // None is idle: the client with the oldest answer takes too long to read it.
    const [oldest] = open;
    if (oldest === undefined) return;
    open.delete(oldest[0]);
    oldest[1].socket.destroy();
  };

  return {
    opened: (socket) => {
      const peer = peerOf(socket);
      if (open.size >= max) makeRoom();
      open.set(peer, { socket, answering: 0 });
      socket.once('close', () => {
        if (open.get(peer)?.socket === socket) open.delete(peer);
      });
    },
    asked: (socket, response) => {
      const peer = peerOf(socket);
      alive(peer, 1);
      response.once('close', () => alive(peer, -1));
    },
  };
}
