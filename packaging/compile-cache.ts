import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { imageFlags } from './flags.ts';

const dist = join(import.meta.dirname, '../dist');
const maxMs = 60_000;

/** Nothing listens at its port: the first poll ends at once. */
const config = `
accounts:
  - name: nobody
    base_url: http://127.0.0.1:1
    auth: { api_key: { public_key: nobody, private_key: nothing } }
web: { listen_address: 127.0.0.1:0 }
`;

/**
 * Serves once, as the image does and as the user that runs this, so that Node.js keeps what it has
 * compiled in dist/compile-cache. Throws when the program does not start, answer or end.
 */
async function fill(): Promise<void> {
  mkdirSync(join(dist, 'compile-cache'), { recursive: true });
  const folder = mkdtempSync(join(tmpdir(), 'compile-cache-'));
  try {
    const file = join(folder, 'config.yaml');
    writeFileSync(file, config);
    const args = [...imageFlags, join(dist, 'main.js'), 'serve', '--config.file', file];
    const program = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const ended = once(program, 'close', { signal: AbortSignal.timeout(maxMs) });
    const listening = Promise.withResolvers<string>();
    let output = '';
    for (const stream of [program.stdout, program.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        const url = /"url":"(http[^"]+)"/.exec(output)?.[1];
        if (url !== undefined) listening.resolve(url);
      });
    }
    try {
      const url = await Promise.race([listening.promise, ended.then(() => undefined)]);
      if (url !== undefined) await scrape(url);
      program.kill();
    } catch (error) {
      program.kill('SIGKILL');
      throw error;
    }
    const [code] = await ended;
    if (code !== 0) throw new Error(`the program ended with ${code}: ${output}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function scrape(url: string): Promise<void> {
  const response = await fetch(`${url}/metrics`);
  if (!response.ok) throw new Error(`/metrics answered ${response.status}`);
  await response.text();
}

await fill();
