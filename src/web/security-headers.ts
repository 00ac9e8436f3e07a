import type { FastifyReply } from 'fastify';

/** What every answer carries, errors included. */
const ours: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

/** Ours, where the configuration has none of that name; an empty one there leaves it out. */
export function securityHeaders(
  configured: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const both = Object.entries({ ...ours, ...configured });
  return Object.fromEntries(both.filter(([, value]) => value !== ''));
}

/** A page may have headers of its own; only the configuration wins over those. */
export function addSecurityHeaders(
  reply: FastifyReply,
  configured: Readonly<Record<string, string>> = {},
): void {
  for (const name of Object.keys(configured)) reply.removeHeader(name);
  for (const [name, value] of Object.entries(securityHeaders(configured))) {
    if (!reply.hasHeader(name)) reply.header(name, value);
  }
}
