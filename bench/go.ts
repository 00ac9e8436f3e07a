import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { newFolder } from './places.ts';

export type GoPeers =
  | { readonly kind: 'built'; readonly exporter: string; readonly poll: string }
  | { readonly kind: 'missing'; readonly why: string };

const run = promisify(execFile);
const slowestBuildMs = 300_000;
const sources = join(import.meta.dirname, 'peers/go');

/** Builds the peers in Go with the libraries that the system's packages bring. */
export async function goPeers(): Promise<GoPeers> {
  const folder = await newFolder();
  const env = {
    ...process.env,
    GO111MODULE: 'off',
    GOPATH: '/usr/share/gocode',
    GOFLAGS: '',
  };
  const [exporter, poll] = [join(folder, 'exporter'), join(folder, 'poll')];
  try {
    for (const [binary, source] of [[exporter, 'exporter'] as const, [poll, 'poll'] as const]) {
      const options = { cwd: join(sources, source), env, timeout: slowestBuildMs };
      await run('go', ['build', '-o', binary, '.'], options);
    }
    return { kind: 'built', exporter, poll };
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (missing) return { kind: 'missing', why: 'Go is not installed' };
    if (!String(error).includes('cannot find package')) throw error;
    return { kind: 'missing', why: 'client_golang is not installed' };
  }
}
