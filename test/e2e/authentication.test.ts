import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { systemClock } from '../../src/domain/time.ts';
import { demoWorld } from '../../src/simulator/world/demo-world.ts';
import { emptyFolder } from './program.ts';
import { valuesOf } from './samples.ts';
import { hurriedTiming, serving, startedAtlas } from './serving.ts';

const world = demoWorld('authentication', systemClock());

const ways = {
  api_key: ['public_key', 'private_key', 'simulator', 'simulator-key'],
  service_account: ['client_id', 'client_secret', 'mdb_sa_id_simulator', 'mdb_sa_sk_simulator'],
} as const;

/** An exporter whose two secrets are files, with the line feed at their end that editors leave. */
async function withSecretFiles(way: keyof typeof ways) {
  const atlas = await startedAtlas({ world });
  const [idKey, secretKey, id, secret] = ways[way];
  const folder = await emptyFolder();
  const write = (name: string, text: string) => writeFile(join(folder, name), `${text}\n`);
  await write('id', id);
  await write('secret', secret);
  const path = join(folder, 'config.yaml');
  const auth = `{ ${way}: { ${idKey}_file: id, ${secretKey}_file: secret } }`;
  const bytes = Buffer.from(`accounts: [{ base_url: "${atlas.url}", auth: ${auth} }]\n`);
  const loaded = await loadConfig({ path, env: {}, readFile: async () => bytes });
  if (loaded.kind === 'invalid') throw new Error(JSON.stringify(loaded.problems));
  const { timing, pass } = hurriedTiming();
  const running = await serving({ config: loaded.config, timing });
  /** Whether the poll after the next interval covers everything. */
  const nextPoll = async (afterMs = 300_000): Promise<boolean> => {
    const { poller } = running.exporter;
    pass(afterMs);
    poller.refreshIfDue();
    await vi.waitFor(() => expect(poller.inProgress()).toBe(false), 10_000);
    return poller.current().generation.polls.success;
  };
  /** Exchanges the credentials on the side of Atlas: the old ones are worth nothing any more. */
  const exchange = () => {
    atlas.credentials.apiKeys = [{ publicKey: 'new-id', privateKey: 'new-secret' }];
    atlas.credentials.serviceAccounts = [{ clientId: 'new-id', clientSecret: 'new-secret' }];
  };
  const writeNew = () => Promise.all([write('id', 'new-id'), write('secret', 'new-secret')]);
  await running.scrape();
  return { ...running, write, writeNew, exchange, nextPoll };
}

describe.each(['api_key', 'service_account'] as const)('with %s', (way) => {
  test('everything is read, and secrets are in no page and no log', async () => {
    const { scrape, log } = await withSecretFiles(way);
    const { text } = await scrape();
    expect(valuesOf(text, 'exporter_poll_success')).toEqual([1]);
    for (const secret of ways[way].slice(2)) {
      expect(text).not.toContain(secret);
      expect(log.join('')).not.toContain(secret);
    }
  });

  test('a secret is rotated in its file without a failed poll', async () => {
    const { writeNew, exchange, nextPoll } = await withSecretFiles(way);
    await writeNew();
    exchange();
    expect(await nextPoll()).toBe(true);
  });

  test('a secret that is rotated late is in use at the next poll', async () => {
    const { writeNew, exchange, nextPoll, log } = await withSecretFiles(way);
    exchange();
    expect(await nextPoll()).toBe(false);
    expect(log.join('')).toContain('Atlas refused the credentials');
    await writeNew();
    expect(await nextPoll()).toBe(true);
  });

  test('a file that became unreadable leaves the last good secret in use, and is logged', async () => {
    const { write, nextPoll, log } = await withSecretFiles(way);
    await write('secret', '');
    // Long enough for a token to be renewed.
    expect(await nextPoll(3_000_000)).toBe(true);
    expect(log.join('')).toContain(`${ways[way][1]}_file`);
    expect(log.join('')).not.toContain('new-secret');
  });
});
