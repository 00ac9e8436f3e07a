import { BlockList, isIP } from 'node:net';
import { domainToASCII } from 'node:url';
import { isLoopback, listed } from './addresses.ts';

/** Where a connection would go. The host as `URL` gives it, without brackets. */
export type Destination = { readonly host: string; readonly port: string };

/**
 * Whether connections to a place must not go through a proxy, by the rules of Go's
 * golang.org/x/net/http/httpproxy, which Prometheus and most tools around it follow: what runs on
 * this machine, and what an entry of the comma-separated `NO_PROXY` names. That is `*`, an address, a
 * range of them as CIDR, a domain with its subdomains, or `.domain` or `*.domain` for the subdomains
 * alone; each but a range may end in `:port`. What cannot be read exempts nothing.
 */
export function goesDirectly(noProxy: string, destination: Destination): boolean {
  return (
    isLoopback(destination.host) ||
    noProxy.split(',').some((entry) => exempts(entry.trim().toLowerCase(), destination))
  );
}

function exempts(entry: string, { host, port }: Destination): boolean {
  if (entry === '*') return true;
  const range = rangeOf(entry);
  if (range !== undefined) return listed(range, host);
  const [, bracketed, plain, onlyPort = ''] = /^(?:\[([^\]]*)\]|([^:]*))(?::([^:]*))?$/.exec(
    entry,
  ) ?? [entry, undefined, entry];
  const name = bracketed ?? plain ?? '';
  if (name === '' || (onlyPort !== '' && onlyPort !== port)) return false;
  const address = rangeOf(`${name}/${isIP(name) === 6 ? 128 : 32}`);
  if (address !== undefined) return listed(address, host);
  const domain = inAscii(name.startsWith('*.') ? name.slice(1) : name);
  return domain.startsWith('.')
    ? host.endsWith(domain)
    : host === domain || host.endsWith(`.${domain}`);
}

function rangeOf(entry: string): BlockList | undefined {
  const [, address = '', prefix = ''] = /^([^/]+)\/(\d{1,3})$/.exec(entry) ?? [];
  const version = isIP(address);
  if (version === 0 || Number(prefix) > (version === 6 ? 128 : 32)) return undefined;
  const range = new BlockList();
  range.addSubnet(address, Number(prefix), version === 6 ? 'ipv6' : 'ipv4');
  return range;
}

function inAscii(domain: string): string {
  const dot = domain.startsWith('.') ? '.' : '';
  return dot + (domainToASCII(domain.slice(dot.length)) || domain.slice(dot.length));
}
