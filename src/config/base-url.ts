import { BlockList } from 'node:net';
import { hostOf, isLoopback, listed } from './addresses.ts';
import type { Parsed } from './parsed.ts';

/** Where clouds hand out credentials to whoever asks: never a place to send ours or to read from. */
const linkLocal = new BlockList();
linkLocal.addSubnet('169.254.0.0', 16, 'ipv4');
linkLocal.addSubnet('fe80::', 10, 'ipv6');
linkLocal.addAddress('fd00:ec2::254', 'ipv6');
const metadataHosts: readonly string[] = ['metadata.google.internal', 'metadata'];

function urlOf(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

/** The origin to which credentials may go: https anywhere, plain http on this machine only. */
export function parseBaseUrl(text: string): Parsed<string> {
  const url = urlOf(text);
  if (url === undefined)
    return { refused: 'is not a URL; write for example https://cloud.mongodb.com' };
  const host = hostOf(url).replace(/\.$/, '');
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return { refused: 'must start with https://' };
  }
  if (url.username !== '' || url.password !== '') {
    return { refused: 'must not hold a user name or password' };
  }
  if (url.pathname !== '/' || text.includes('?') || text.includes('#')) {
    return { refused: 'must be scheme and host only, without path, query or fragment' };
  }
  if (listed(linkLocal, host) || metadataHosts.includes(host)) {
    return { refused: 'must not be a link-local or metadata address' };
  }
  if (url.protocol === 'http:' && !isLoopback(host)) {
    return { refused: 'must start with https://; plain http is for a loopback address only' };
  }
  return { value: url.origin };
}

/** Where people reach the pages, without a slash at its end; may have a path. Empty: not known. */
export function parseExternalUrl(text: string): Parsed<string> {
  if (text === '') return { value: '' };
  const url = urlOf(text);
  if (url === undefined || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    return { refused: 'is not an http or https URL' };
  }
  if (url.username !== '' || url.password !== '') {
    return { refused: 'must not hold a user name or password' };
  }
  if (text.includes('?') || text.includes('#')) {
    return { refused: 'must not have a query or fragment' };
  }
  return { value: url.href.replace(/\/+$/, '') };
}
