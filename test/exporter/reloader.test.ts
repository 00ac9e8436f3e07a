import { expect, test } from 'vitest';
import type { Config } from '../../src/config/config.ts';
import { newReloader, type Reading } from '../../src/exporter/reloader.ts';
import { account, configOrThrow, load } from '../config/loading.ts';

/** A reloader whose readings end when the test says so. */
async function reloading({ use }: { use?: (config: Config) => Promise<'used'> } = {}) {
  const config = configOrThrow(await load(account));
  const readings: ((reading: Reading) => void)[] = [];
  const used: Config[] = [];
  const lines: unknown[][] = [];
  let refusals = 0;
  const tell =
    (level: string) =>
    (...said: unknown[]) =>
      void lines.push([level, ...said]);
  const reloader = newReloader({
    started: config,
    read: () => new Promise((resolve) => void readings.push(resolve)),
    exporter: {
      use: use ?? (async () => 'used'),
      refuse: () => {
        refusals += 1;
      },
    },
    log: { debug: tell('debug'), info: tell('info'), warn: tell('warn'), error: tell('error') },
    used: (one) => void used.push(one),
  });
  const ok: Reading = { kind: 'ok', config, warnings: [] };
  /** Lets the reading under way end with this. */
  const end = async (reading: Reading) => {
    while (readings.length === 0) await new Promise(setImmediate);
    readings.shift()?.(reading);
  };
  return { ...reloader, config, ok, end, readings, used, lines, refusals: () => refusals };
}

const invalid = (problem: string): Reading => ({ kind: 'invalid', problems: [problem] });

test('requests in a row are served one after another, and those that wait share a turn', async () => {
  const { reload, end, ok, used, readings } = await reloading();
  const first = reload();
  await new Promise(setImmediate);
  const [second, third] = [reload(), reload()];
  await new Promise(setImmediate);
  expect(readings).toHaveLength(1);
  await end(invalid('config.yaml:1:1: no'));
  expect(await first).toBe(false);
  await end(ok);
  expect(await Promise.all([second, third])).toEqual([true, true]);
  expect(used).toHaveLength(1);
  expect(readings).toEqual([]);
});

test('a refusal that nobody asked for is told once, until it changes or is asked for', async () => {
  const { reload, end, ok, lines, refusals, successful } = await reloading();
  const told = async (reading: Reading, again: boolean) => {
    lines.length = 0;
    const done = reload({ again });
    await end(reading);
    await done;
    return lines.map(([level]) => level);
  };
  expect(await told(invalid('one'), true)).toEqual(['error']);
  expect(await told(invalid('one'), true)).toEqual([]);
  expect(successful()).toBe(false);
  expect(await told(invalid('two'), true)).toEqual(['error']);
  expect(await told(invalid('two'), false)).toEqual(['error']);
  expect(await told(ok, true)).toEqual(['info']);
  expect(successful()).toBe(true);
  expect(await told(invalid('two'), true)).toEqual(['error']);
  expect(refusals()).toBe(5);
});

test('a fault while it is taken over is a refusal, too', async () => {
  const { reload, end, ok, lines, refusals, used } = await reloading({
    use: () => Promise.reject(new Error('rendering')),
  });
  const done = reload();
  await end(ok);
  expect(await done).toBe(false);
  expect(refusals()).toBe(1);
  expect(used).toEqual([]);
  expect(lines.map(([level]) => level)).toEqual(['error', 'error']);
});

test('what needs a restart is said at every reload', async () => {
  const { reload, end, ok, lines, config } = await reloading();
  const telemetryPath = '/elsewhere';
  const done = reload();
  await end({ ...ok, config: { ...config, web: { ...config.web, telemetryPath } } } as Reading);
  expect(await done).toBe(true);
  expect(lines).toContainEqual([
    'warn',
    { keys: ['web.telemetry_path'] },
    'changed settings need a restart',
  ]);
});

test('once stopped it lets the reload under way end and does no more', async () => {
  const { reload, stop, end, ok, used } = await reloading();
  const first = reload();
  await new Promise(setImmediate);
  const second = reload();
  const stopped = stop();
  await end(ok);
  expect([await first, await second]).toEqual([true, false]);
  await stopped;
  expect(used).toHaveLength(1);
});
