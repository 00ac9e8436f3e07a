import type { Socket } from 'node:net';

/** The same for a connection and for the encrypted one upon it. */
export function peerOf({ remoteAddress, remotePort, localAddress, localPort }: Socket): string {
  return [remoteAddress, remotePort, localAddress, localPort].join(' ');
}
