import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '..');

let scratch: string | undefined;

/** A folder that goes when the run ends. */
export function newFolder(): Promise<string> {
  scratch ??= madeScratch();
  return mkdtemp(join(scratch, 'x'));
}

function madeScratch(): string {
  const made = mkdtempSync(join(tmpdir(), 'exporter-bench-'));
  process.on('exit', () => rmSync(made, { recursive: true, force: true }));
  return made;
}

/** A port for a program that does not say which one it was given. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}
