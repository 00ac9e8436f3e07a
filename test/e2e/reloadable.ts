import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, vi } from 'vitest';
import { systemClock } from '../../src/domain/time.ts';
import { demoWorld } from '../../src/simulator/world/demo-world.ts';
import { emptyFolder, startedProgram } from './program.ts';
import { valuesOf } from './samples.ts';
import { scrapeOf, startedAtlas } from './serving.ts';

/** The key of the simulated Atlas: no line of the log may have any piece of it. */
const canary = 'canary-secret-7f3a';

type Options = {
  readonly latencyMs?: number;
  readonly args?: readonly string[];
  /** Without --config.file, from config.yaml in the folder where the program starts. */
  readonly unnamed?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  /** Puts the first configuration in place. */
  readonly place?: (folder: string, text: string) => Promise<void>;
};

/** The real program beside a simulated Atlas, with a configuration that a test changes. */
export async function reloadable(options: Options = {}) {
  const { latencyMs = 0, args = [], unnamed = false } = options;
  const world = demoWorld('reload', systemClock());
  const atlas = await startedAtlas({
    world,
    latencyMs,
    rateLimits: 'off',
    apiKeys: [{ publicKey: 'simulator', privateKey: canary }],
  });
  const folder = await emptyFolder();
  const path = join(folder, 'config.yaml');
  /** Lines after the account; those indented by four belong to it. */
  const text = (...more: readonly string[]) =>
    [
      'accounts:',
      '  - name: main',
      `    base_url: ${atlas.url}`,
      '    auth:',
      `      api_key: { public_key: simulator, private_key: ${canary} }`,
      ...more,
      '',
    ].join('\n');
  /** Replaces the file in one step, as editors do. */
  const write = async (content: string) => {
    await writeFile(`${path}.new`, content);
    await rename(`${path}.new`, path);
  };
  await (options.place?.(folder, text()) ?? write(text()));
  const named = unnamed ? [] : ['--config.file', 'config.yaml'];
  const listen = ['--web.listen-address', '127.0.0.1:0'];
  const program = startedProgram([...named, ...listen, ...args], {
    cwd: folder,
    env: options.env ?? {},
  });
  onTestFinished(() => {
    for (const piece of ['canary', '7f3a']) expect(program.stderr()).not.toContain(piece);
  });
  const url = await vi.waitFor(() => {
    const found = /"url":"(http[^"]+)"/.exec(program.stderr())?.[1];
    if (found === undefined) throw new Error('it does not serve yet');
    return found;
  }, 10_000);

  const scrape = async () => {
    const { status, text: page } = await scrapeOf(`${url}/metrics`);
    expect(status).toBe(200);
    return page;
  };
  /** How many reloads the log tells of. */
  const reloads = () => program.stderr().match(/configuration (reloaded|is invalid)/g)?.length ?? 0;
  /** Sends SIGHUP, and waits until the log tells of it. */
  const hangUp = async () => {
    const before = reloads();
    program.kill('SIGHUP');
    await vi.waitFor(() => expect(reloads()).toBe(before + 1), { timeout: 10_000, interval: 5 });
  };
  const scrapedUntil = (holds: (page: string) => boolean) =>
    vi.waitFor(
      async () => {
        const page = await scrape();
        if (!holds(page)) throw new Error('not yet');
        return page;
      },
      { timeout: 15_000, interval: 50 },
    );
  /** Once all that was asked for has been read. */
  const settled = () =>
    scrapedUntil(
      (page) =>
        valuesOf(page, 'exporter_poll_in_progress')[0] === 0 &&
        valuesOf(page, 'exporter_poll_success')[0] === 1,
    );
  return {
    ...{ atlas, world, folder, path, program, url },
    ...{ text, write, hangUp, reloads, scrape, scrapedUntil, settled },
  };
}

/** How the page says the configuration stands. */
export function configFacts(page: string) {
  const [successful] = valuesOf(page, 'exporter_config_last_reload_successful');
  const [at] = valuesOf(page, 'exporter_config_last_reload_success_timestamp_seconds');
  const [hash] = valuesOf(page, 'exporter_config_hash');
  return { successful, at, hash };
}
