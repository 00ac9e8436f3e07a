import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, test, vi } from 'vitest';
import { configFacts, reloadable } from './reloadable.ts';
import { valuesOf } from './samples.ts';

const heapProbe = fileURLToPath(new URL('heap.ts', import.meta.url));
const interval = (page: string) => valuesOf(page, 'exporter_poll_interval_seconds')[0];

describe('SIGHUP', () => {
  test('puts a sound configuration in use, and does not end the program', async () => {
    const { program, text, write, hangUp, settled, scrape } = await reloadable();
    const before = configFacts(await settled());
    expect(before.successful).toBe(1);
    await write(text('poll: { interval: 7m }', 'log: { level: debug, format: logfmt }'));
    await hangUp();
    const page = await scrape();
    expect(interval(page)).toBe(420);
    const after = configFacts(page);
    expect(after.successful).toBe(1);
    expect(after.at).toBeGreaterThan(before.at ?? Infinity);
    expect(after.hash).not.toBe(before.hash);
    await vi.waitFor(
      () => expect(program.stderr()).toMatch(/level=debug .*msg="poll completed"/),
      10_000,
    );
    program.kill('SIGTERM');
    expect((await program.ended).code).toBe(0);
  });

  test('of a faulty, an empty or a vanished file changes nothing, and the log says why', async () => {
    const { program, path, text, write, hangUp, settled, scrape } = await reloadable();
    const before = configFacts(await settled());
    const refused = async (why: string) => {
      await hangUp();
      expect(program.stderr()).toContain(`"problems":["${why}`);
      expect(program.stderr().split('\n').at(-2)).toContain('"level":"error"');
      const page = await scrape();
      expect(configFacts(page)).toEqual({ ...before, successful: 0 });
      expect(interval(page)).toBe(300);
      expect(valuesOf(page, 'refresh_success').length).toBeGreaterThan(15);
    };
    await write(text('poll: { interval: 5x, canary-secret-7f3a: 1 }'));
    await refused(
      'config.yaml:6:19: poll.interval: is not a duration; write for example 30s, 5m or 1h30m"',
    );
    await write('');
    await refused('config.yaml:1:1: is empty; start from config.example.yaml"');
    await write(text('poll: { interval: 7m').slice(0, -3));
    await refused('config.yaml:6:');
    await write(text().replace(/private_key: [^ ]+/, 'private_key_file: none'));
    await refused('accounts[0].auth.api_key.private_key_file: none cannot be read (ENOENT)"');
    await rm(path);
    await refused('config.yaml: there is no such file"');
    await write(text());
    await hangUp();
    expect(configFacts(await scrape())).toMatchObject({ successful: 1, hash: before.hash });
  });

  test('in many faulty states, and then a sound one, costs no memory and no scrape', async () => {
    const env = { NODE_OPTIONS: `--import=${heapProbe}` };
    const { program, text, write, hangUp, settled, scrape } = await reloadable({ env });
    const names = Array.from({ length: 2_500 }, (_, n) => `project-${n}`).join(', ');
    const bomb = Array.from({ length: 30 }, (_, n) => `  a${n + 1}: &a${n + 1} [*a${n}, *a${n}]`);
    const faulty = async (states: number) => {
      for (let n = 0; n < states; n += 1) {
        await write(
          n % 5 === 0
            ? text('limits:', '  a0: &a0 [1, 2]', ...bomb)
            : text(`    projects: { include: [${names}] }`, `poll: { interval: ${n}x }`),
        );
        await hangUp();
        if (n % 5 === 3) expect(configFacts(await scrape()).successful).toBe(0);
      }
    };
    const heapMiB = async () => {
      const before = program.stdout().length;
      program.kill('SIGWINCH');
      const bytes = await vi.waitFor(() => {
        const found = /heap (\d+)\n/.exec(program.stdout().slice(before));
        if (found === null) throw new Error('not yet');
        return Number(found[1]);
      }, 10_000);
      return bytes / 2 ** 20;
    };
    await settled();
    await faulty(5);
    const before = await heapMiB();
    await faulty(25);
    const grown = (await heapMiB()) - before;
    // To keep the document of each would take 10 MiB, and its text alone 0.7.
    expect(grown).toBeLessThan(0.9);
    await write(text('poll: { interval: 7m }'));
    await hangUp();
    expect(interval(await scrape())).toBe(420);
  }, 60_000);

  test('never goes over to the environment, though it would do and the file has vanished', async () => {
    const env = { MONGODB_ATLAS_PUBLIC_API_KEY: 'a', MONGODB_ATLAS_PRIVATE_API_KEY: 'b' };
    const { path, program, hangUp, settled, scrape } = await reloadable({ unnamed: true, env });
    const before = configFacts(await settled());
    await rm(path);
    await hangUp();
    expect(configFacts(await scrape())).toEqual({ ...before, successful: 0 });
    expect(program.stderr()).toContain('config.yaml: there is no such file');
  });

  test('says what needs a restart, and goes by all the rest', async () => {
    const { program, text, write, hangUp, settled, scrape } = await reloadable();
    await settled();
    await write(text('web: { telemetry_path: /elsewhere, external_url: "https://x.example.net" }'));
    await hangUp();
    await vi.waitFor(() => expect(program.stderr()).toContain('"keys":["web.telemetry_path"]'));
    expect(await scrape()).toContain('external_url="https://x.example.net"');
  });
});

describe('POST /-/reload', () => {
  test('does the same with --web.enable-lifecycle, and its status tells the truth', async () => {
    const { url, text, write, settled, scrape } = await reloadable({
      args: ['--web.enable-lifecycle'],
    });
    await settled();
    const post = () => fetch(`${url}/-/reload`, { method: 'POST' });
    await write(text('poll: { interval: 7m }'));
    expect((await post()).status).toBe(200);
    expect(interval(await scrape())).toBe(420);
    await write('canary-secret-7f3a');
    const refused = await post();
    expect(refused.status).toBe(500);
    expect(await refused.text()).not.toContain('canary');
    expect(interval(await scrape())).toBe(420);
    await write(text());
    const many = await Promise.all(Array.from({ length: 20 }, post));
    expect(new Set(many.map(({ status }) => status))).toEqual(new Set([200]));
    expect(interval(await scrape())).toBe(300);
    expect((await fetch(`${url}/-/reload`)).status).toBe(405);
  });

  test('does nothing without it', async () => {
    const { url, text, write, settled, scrape, reloads } = await reloadable();
    await settled();
    await write(text('poll: { interval: 7m }'));
    expect((await fetch(`${url}/-/reload`, { method: 'POST' })).status).toBe(403);
    expect(interval(await scrape())).toBe(300);
    expect(reloads()).toBe(0);
  });
});
