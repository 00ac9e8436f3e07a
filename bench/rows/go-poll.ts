import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Fleet } from '../fleet.ts';
import type { Lab } from '../lab.ts';
import { newFolder } from '../places.ts';
import { start } from '../processes.ts';

export type GoPolled = { readonly cpuMs: number; readonly wallMs: number };

export type GoPoll = {
  readonly poll: () => Promise<GoPolled>;
  readonly stop: () => Promise<void>;
};

/** A client in Go that makes the requests of the last poll. */
export async function startGoPoll(
  lab: Lab,
  { url, replay, concurrency }: Fleet,
): Promise<GoPoll | undefined> {
  const go = await lab.go();
  if (go.kind === 'missing') {
    lab.skipped('P2', '', go.why);
    return undefined;
  }
  const file = join(await newFolder(), 'targets');
  await writeFile(file, (await replay.askTexts({ ask: 'targets' })).join('\n'));
  const args = ['-url', url, '-targets', file, '-concurrency', `${concurrency}`];
  const client = start({ file: go.poll, args });
  const poll = async () => {
    client.forget();
    client.write('poll\n');
    const line = await client.printed(/^(\S+ \S+) \d+\n/);
    const [cpuMs = Number.NaN, wallMs = Number.NaN] = line.split(' ').map(Number);
    return { cpuMs, wallMs };
  };
  await poll();
  return { poll, stop: client.stop };
}
