import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, test, vi } from 'vitest';
import { systemClock } from '../../src/domain/time.ts';
import { generatedWorld } from '../../src/simulator/world/generated-world.ts';
import { servedProgram } from './served-program.ts';
import { accountText, scrapeOf, startedAtlas } from './serving.ts';

const world = generatedWorld({ seed: 'suspended', projects: 1, clusters: 2 }, systemClock());
const main = fileURLToPath(new URL('hurried-main.ts', import.meta.url));
/** Long beside what a busy machine takes for twenty scrapes. */
const intervalMs = 1_500;
const asleepMs = 3 * intervalMs;

/** A program that has polled, and the times at which its later polls reached Atlas. */
async function polledOnce(background: boolean) {
  const atlas = await startedAtlas({ world });
  const polledAt: number[] = [];
  const served = await servedProgram(
    accountText(atlas.url, `poll: { background: ${background} }`),
    {
      main,
      env: { INTERVAL_SECONDS: String(intervalMs / 1000) },
    },
  );
  await scrapeOf(`${served.url}/metrics`);
  // Every poll discovers, once.
  atlas.intercept(({ path, authorised }) => {
    if (authorised && path.endsWith('/groups')) polledAt.push(performance.now());
    return undefined;
  });
  return { ...served, polledAt };
}

test('a program in the background that was suspended polls at once when it wakes, and once', async () => {
  const { program, polledAt } = await polledOnce(true);
  program.kill('SIGSTOP');
  await delay(asleepMs);
  const before = polledAt.length;
  const wokenAt = performance.now();
  program.kill('SIGCONT');
  await vi.waitFor(() => expect(polledAt.length).toBeGreaterThanOrEqual(before + 3), 10_000);
  const [first = 0, second = 0, third = 0] = polledAt.slice(before);
  expect(first - wokenAt).toBeLessThan(intervalMs);
  expect(second - first).toBeGreaterThan(0.5 * intervalMs);
  expect(third - second).toBeGreaterThan(0.5 * intervalMs);
});

test('scrapes that came while it was suspended are all answered when it wakes, by one poll', async () => {
  const { program, url, polledAt } = await polledOnce(false);
  program.kill('SIGSTOP');
  const scrapes = Array.from({ length: 20 }, () => scrapeOf(`${url}/metrics`));
  await delay(asleepMs);
  expect(polledAt).toEqual([]);
  const wokenAt = performance.now();
  program.kill('SIGCONT');
  for (const { status } of await Promise.all(scrapes)) expect(status).toBe(200);
  await vi.waitFor(() => expect(polledAt).toHaveLength(1));
  expect((polledAt[0] ?? 0) - wokenAt).toBeLessThan(intervalMs);
  // Nobody scrapes any more: were there more polls to catch up with, they would come now.
  await delay(2 * intervalMs);
  expect(polledAt).toHaveLength(1);
});
