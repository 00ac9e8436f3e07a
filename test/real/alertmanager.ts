import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { vi } from 'vitest';
import { z } from 'zod';
import { freePort } from './prometheus.ts';

const words = z.record(z.string(), z.string());
const notification = z.object({
  receiver: z.string(),
  status: z.string(),
  groupLabels: words,
  alerts: z.array(
    z.object({ status: z.string(), labels: words, annotations: words, generatorURL: z.string() }),
  ),
});

/** What Alertmanager sends to a webhook. */
export type Notification = z.infer<typeof notification>;

/** Takes what Alertmanager sends, in its order. */
export async function openInbox() {
  const received: Notification[] = [];
  const server = createServer(async (request, response) => {
    received.push(notification.parse(JSON.parse(await text(request))));
    response.end();
  });
  const port = await freePort();
  await once(server.listen(port, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${port}/`,
    received: received as readonly Notification[],
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** A real Alertmanager, alone, with what its configuration file is to hold; the caller stops it. */
export async function startAlertmanager(binary: string, config: object) {
  const folder = await mkdtemp(join(tmpdir(), 'exporter-alertmanager-'));
  const file = join(folder, 'alertmanager.yml');
  // JSON is YAML.
  await writeFile(file, JSON.stringify(config));
  const address = `127.0.0.1:${await freePort()}`;
  const child = spawn(
    binary,
    [
      `--config.file=${file}`,
      `--storage.path=${join(folder, 'data')}`,
      `--web.listen-address=${address}`,
      '--cluster.listen-address=',
    ],
    { stdio: 'ignore' },
  );
  const closed = once(child, 'close');
  return {
    address,
    ready: async () => {
      const ask = async () => {
        if (!(await fetch(`http://${address}/-/ready`)).ok) throw new Error('it is not ready');
      };
      await vi.waitFor(ask, { timeout: 20_000, interval: 100 });
    },
    stop: async () => {
      child.kill('SIGKILL');
      await closed;
      await rm(folder, { recursive: true });
    },
  };
}
