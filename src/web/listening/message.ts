import type { IncomingMessage } from 'node:http';

/**
 * The status for an ambiguous request that Node.js lets through: a proxy in front could read it
 * differently (RFC 9112 §3.2, §6.3, §11.2). Undefined: it is fine.
 */
export function messageFault(request: IncomingMessage, maxHeaders: number): 400 | 431 | undefined {
  const { rawHeaders, headers, url = '', method, httpVersion } = request;
  const names = rawHeaders.filter((_, at) => at % 2 === 0);
  if (names.length > maxHeaders) return 431;
  const hosts = names.filter((name) => name.toLowerCase() === 'host').length;
  if (hosts > 1 || (hosts === 0 && httpVersion === '1.1')) return 400;
  if (!url.startsWith('/')) return 400;
  const reads = method === 'GET' || method === 'HEAD';
  return reads && announcesBody(headers) ? 400 : undefined;
}

/** RFC 9112 §6: only these headers announce one. */
export function announcesBody({
  'content-length': length = '0',
  'transfer-encoding': encoding,
}: IncomingMessage['headers']): boolean {
  return encoding !== undefined || !/^0+$/.test(length);
}
