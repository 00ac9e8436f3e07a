import { mkdir, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { configFacts, reloadable } from './reloadable.ts';
import { valuesOf } from './samples.ts';

const watching = { args: ['--config.auto-reload-interval', '1s'] };
const interval = (page: string) => valuesOf(page, 'exporter_poll_interval_seconds')[0];
const successful = (page: string) => configFacts(page).successful;

/** Lays a volume out as the kubelet does, or changes it: by one symbolic link that is swapped. */
async function mount(folder: string, version: number, content: string): Promise<void> {
  const data = join(folder, `..version_${version}`);
  await mkdir(data);
  await writeFile(join(data, 'config.yaml'), content);
  // Times say nothing: those of a volume need not move.
  await utimes(join(data, 'config.yaml'), 1_000_000, 1_000_000);
  await symlink(`..version_${version}`, join(folder, '..data_tmp'));
  await rename(join(folder, '..data_tmp'), join(folder, '..data'));
  if (version === 1) await symlink('..data/config.yaml', join(folder, 'config.yaml'));
  else await rm(join(folder, `..version_${version - 1}`), { recursive: true });
}

describe('--config.auto-reload-interval', () => {
  test('follows a mounted ConfigMap through every swap of its link', async () => {
    const { folder, text, scrapedUntil, settled } = await reloadable({
      ...watching,
      place: (at, content) => mount(at, 1, content),
    });
    await settled();
    for (const [version, minutes] of [
      [2, 7],
      [3, 8],
      [4, 9],
    ] as const) {
      await mount(folder, version, text(`poll: { interval: ${minutes}m }`));
      await scrapedUntil((page) => interval(page) === minutes * 60);
    }
  });

  test('keeps the old one while the file is missing or half written, and tries again', async () => {
    const { path, program, text, write, scrapedUntil, settled, reloads } =
      await reloadable(watching);
    let before = configFacts(await settled());
    const whole = text('poll: { interval: 7m }');
    for (const broken of [whole.slice(0, -5), '', undefined]) {
      if (broken === undefined) await rm(path);
      else await writeFile(path, broken);
      const page = await scrapedUntil((one) => successful(one) === 0);
      expect(configFacts(page)).toEqual({ ...before, successful: 0 });
      expect(interval(page)).toBe(300);
      await write(text());
      before = configFacts(await scrapedUntil((one) => successful(one) === 1));
    }
    expect(reloads()).toBe(6);
    await write(whole);
    await scrapedUntil((page) => interval(page) === 420);
    expect(program.stderr().match(/there is no such file/g)).toHaveLength(1);
  }, 30_000);

  test('takes over a configuration once the file of a secret that it names is there', async () => {
    const { folder, text, write, scrapedUntil, settled } = await reloadable(watching);
    await settled();
    const key = /private_key: ([^ ]+)/.exec(text())?.[1] ?? '';
    await write(text().replace(/private_key: [^ ]+/, 'private_key_file: later'));
    await scrapedUntil((page) => successful(page) === 0);
    await writeFile(join(folder, 'later'), key);
    await scrapedUntil((page) => successful(page) === 1);
    expect(valuesOf(await settled(), 'refresh_success')).not.toContain(0);
  });
});
