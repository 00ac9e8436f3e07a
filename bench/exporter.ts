import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { imageFlags } from '../packaging/flags.ts';
import { newClient } from './client.ts';
import { newFolder, root } from './places.ts';
import { type Running, start } from './processes.ts';
import type { Question } from './question.ts';

export const program = join(root, 'dist/main.js');
const probe = join(import.meta.dirname, 'probe.mjs');

export type Wanted = {
  readonly atlas: string;
  /** Whether ages are on the page. */
  readonly relative?: boolean;
  /** 24h: no poll but the first. */
  readonly interval?: '5m' | '24h';
  readonly concurrency?: number;
  /** Further keys of `poll` in the configuration. */
  readonly poll?: string;
  readonly exposeGc?: boolean;
};

/** The built program, as the image starts it, with the probe. */
export type Exporter = {
  readonly metrics: string;
  readonly url: string;
  readonly process: Running;
  readonly ask: (question: Question) => Promise<readonly number[]>;
  /** Moves its clocks so that a poll is due, starts it with a scrape, and resolves once its page is shown. */
  readonly poll: (laterMs: number) => Promise<{ readonly wallMs: number }>;
  readonly stop: () => Promise<void>;
};

/** Resolves once the first poll is over. */
export async function startExporter(wanted: Wanted): Promise<Exporter> {
  const file = join(await newFolder(), 'config.yaml');
  await writeFile(file, configuration(wanted));
  const process_ = start({
    file: process.execPath,
    args: [
      ...imageFlags,
      ...(wanted.exposeGc === true ? ['--expose-gc'] : []),
      ...['--import', probe, program, 'serve', '--config.file', file],
    ],
    env: { NODE_ENV: 'production' },
    asked: true,
  });
  const url = await process_.printed(/"url":"(http[^"]+)"/);
  const metrics = `${url}/metrics`;
  const client = newClient(metrics);
  const ask = (question: Question) => process_.ask(question);
  const polled = async () => {
    const line = await process_.printed(/^.*"msg":"(?:first poll completed|poll completed)".*$/m);
    process_.forget();
    if (!line.includes('"complete":true')) throw new Error(`a poll was not complete: ${line}`);
  };
  await polled();
  return {
    metrics,
    url,
    process: process_,
    ask,
    poll: async (laterMs) => {
      await ask({ ask: 'later', ms: laterMs });
      const from = performance.now();
      await Promise.all([polled(), client.scrape()]);
      return { wallMs: performance.now() - from };
    },
    stop: async () => {
      client.close();
      await process_.stop();
    },
  };
}

export function configuration({
  atlas,
  relative = true,
  interval = '24h',
  concurrency = 10,
  poll = '',
}: Wanted): string {
  return [
    'accounts:',
    '  - name: bench',
    `    base_url: ${atlas}`,
    '    auth:',
    '      api_key: { public_key: simulator, private_key: simulator-key }',
    `poll: { interval: ${interval}, concurrency: ${concurrency}, ${poll} }`,
    `metrics: { relative: ${relative} }`,
    'web: { listen_address: "127.0.0.1:0" }',
    'log: { level: debug }',
    '',
  ].join('\n');
}
