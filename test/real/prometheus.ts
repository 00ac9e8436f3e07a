import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { z } from 'zod';

const vector = z.object({
  data: z.object({ result: z.array(z.object({ value: z.tuple([z.number(), z.string()]) })) }),
});
const matrix = z.object({
  data: z.object({
    result: z.array(
      z.object({
        metric: z.record(z.string(), z.string()),
        values: z.array(z.tuple([z.number(), z.string()])),
      }),
    ),
  }),
});
const facts = z.object({ type: z.string(), help: z.string(), unit: z.string() });
const metadataReply = z.object({ data: z.record(z.string(), z.array(facts)) });

/** When a series was there, looked for at every step of a range of Unix seconds. */
export type Seen = {
  readonly labels: Readonly<Record<string, string>>;
  readonly at: readonly number[];
};

export type Range = {
  readonly from: number;
  readonly to: number;
  readonly stepSeconds: number;
  /** How old a sample may be. One that was marked as the last is never seen later. */
  readonly lookbackSeconds: number;
};

/** A real Prometheus. */
export type Prometheus = {
  readonly url: string;
  /** The values of an instant query. */
  readonly values: (query: string) => Promise<readonly number[]>;
  readonly seen: (query: string, range: Range) => Promise<readonly Seen[]>;
  readonly metadata: () => Promise<z.infer<typeof metadataReply>['data']>;
  /** What it logged at level warn or above. */
  readonly complaints: () => readonly string[];
  readonly ready: () => Promise<void>;
  /** Reads its configuration and rules again; needs the flag --web.enable-lifecycle. */
  readonly reload: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** Scrapes one target every second. `more`: other settings of the job. */
export function scraping(target: string, more: Readonly<Record<string, unknown>> = {}): object {
  const job = { job_name: 'backups', static_configs: [{ targets: [target] }], ...more };
  return { global: { scrape_interval: '1s' }, scrape_configs: [job] };
}

/**
 * Starts it with what its configuration file is to hold; the caller stops it. `fill` may put blocks
 * of history into the folder of its data before.
 */
export async function startPrometheus(
  binary: string,
  config: object,
  flags: readonly string[] = [],
  fill: (data: string) => Promise<void> = async () => {},
): Promise<Prometheus> {
  const folder = await mkdtemp(join(tmpdir(), 'exporter-prometheus-'));
  await fill(join(folder, 'data'));
  const file = join(folder, 'prometheus.yml');
  // JSON is YAML.
  await writeFile(file, JSON.stringify(config));
  const address = `127.0.0.1:${await freePort()}`;
  const child = spawn(
    binary,
    [
      `--config.file=${file}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=${address}`,
      '--log.level=warn',
      ...flags,
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const closed = once(child, 'close');
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    log += text;
  });
  const ask = async (path: string, method = 'GET'): Promise<unknown> => {
    const answer = await fetch(`http://${address}${path}`, { method }).catch((cause: unknown) => {
      throw new Error(`Prometheus does not answer; it said: ${log}`, { cause });
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}\n${log}`);
    return answer.headers.get('content-type')?.includes('json') ? answer.json() : answer.text();
  };
  return {
    url: `http://${address}`,
    values: async (query) => {
      const reply = vector.parse(await ask(`/api/v1/query?query=${encodeURIComponent(query)}`));
      return reply.data.result.map(({ value }) => Number(value[1]));
    },
    seen: async (query, { from, to, stepSeconds, lookbackSeconds }) => {
      const asked = new URLSearchParams({
        query,
        start: String(from),
        end: String(to),
        step: String(stepSeconds),
        lookback_delta: `${Math.round(lookbackSeconds * 1000)}ms`,
      });
      const reply = matrix.parse(await ask(`/api/v1/query_range?${asked}`));
      return reply.data.result.map(({ metric, values }) => ({
        labels: metric,
        at: values.map(([at]) => at),
      }));
    },
    metadata: async () => metadataReply.parse(await ask('/api/v1/metadata')).data,
    ready: async () => {
      // It listens only when it has opened its blocks.
      await vi.waitFor(() => ask('/-/ready'), { timeout: 60_000, interval: 100 });
    },
    reload: async () => void (await ask('/-/reload', 'POST')),
    stop: async () => {
      child.kill('SIGKILL');
      await closed;
      await rm(folder, { recursive: true });
    },
    complaints: () => log.split('\n').filter((line) => line !== ''),
  };
}

/** A port for a program that does not say which one it was given, so that it is not asked to choose. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}
