import type { Server } from 'node:net';
import { onTestFinished } from 'vitest';
import { defaultLimits, type Limits } from '../../../src/web/listening/limits.ts';
import { opensslInstalled } from '../../openssl.ts';
import { newRoutes } from '../routes.ts';
import { secured } from '../secured.ts';
import { newAuthority, testFolder } from './certificates.ts';
import type { Place } from './raw.ts';

export const manners = opensslInstalled ? (['plain', 'TLS'] as const) : (['plain'] as const);

export type Listening = Place & {
  readonly asked: { readonly pages: readonly unknown[] };
  readonly server: Server;
};

/** The routes, listening for the length of one test. */
export async function listening(
  manner: 'plain' | 'TLS',
  changed: Partial<Limits> = {},
): Promise<Listening> {
  const limits = { ...defaultLimits, ...changed };
  if (manner === 'TLS') {
    const folder = testFolder();
    newAuthority(folder, 'ca').issue('server');
    const lines = ['tls_server_config:', '  cert_file: server.pem', '  key_file: server.key'];
    return { ...(await secured(folder, lines, limits)), tls: true };
  }
  const { server, asked } = newRoutes({ limits });
  onTestFinished(async () => {
    server.server.closeAllConnections();
    await server.close();
  });
  const url = await server.listen({ host: '127.0.0.1', port: 0 });
  return { port: Number(new URL(url).port), tls: false, asked, server: server.server };
}
