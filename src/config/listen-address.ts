import { isIPv4, isIPv6 } from 'node:net';
import type { Parsed } from './parsed.ts';

/** Port 0 lets the system pick one. */
export type ListenAddress = { readonly host: string; readonly port: number };

/** `host:port`, `[::1]:port`, or `:port` for every IPv4 address. */
export function parseListenAddress(text: string): Parsed<ListenAddress> {
  const split = text.lastIndexOf(':');
  const digits = text.slice(split + 1);
  if (split === -1 || !/^\d{1,5}$/.test(digits)) {
    return { refused: 'must be host:port, for example 0.0.0.0:10071' };
  }
  const port = Number(digits);
  if (port > 65_535) return { refused: 'must have a port of at most 65535' };
  const host = hostOf(text.slice(0, split));
  return host === undefined
    ? {
        refused:
          'must have an IPv4 address, an IPv6 address in brackets or a host name before the port',
      }
    : { value: { host, port } };
}

function hostOf(text: string): string | undefined {
  if (text === '') return '0.0.0.0';
  if (text.startsWith('[') && text.endsWith(']')) {
    const inner = text.slice(1, -1);
    return isIPv6(inner) ? inner : undefined;
  }
  // All digits and dots but no IPv4 address: a typing mistake, never a host name.
  if (/^[\d.]+$/.test(text)) return isIPv4(text) ? text : undefined;
  return /^[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$/.test(text) ? text : undefined;
}
