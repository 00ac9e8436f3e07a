import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { UnixSeconds } from '../../src/domain/time.ts';
import { StateKeeper } from '../../src/state/keeper.ts';
import { fleetAfter } from '../domain/reports.ts';
import { noon } from '../domain/snapshots.ts';
import { emptyFolder } from '../e2e/program.ts';
import { rememberedOf } from './written.ts';

const fleet = fleetAfter([{ projects: { a: ['p'] }, clusters: { p: ['x'] } }]);

/** A keeper whose time passes when the test says so, and what it tells. */
function keeper(folder: string, watch = { nowMs: 0 }) {
  const told: string[] = [];
  const sleepers = new Set<{ readonly untilMs: number; readonly wake: () => void }>();
  const kept = new StateKeeper({
    folder,
    events: {
      loaded: (at) => told.push(`loaded ${at - noon}`),
      saved: (at) => told.push(`saved ${at - noon}`),
      failed: ({ reason }) => told.push(reason),
    },
    monotonicMs: () => watch.nowMs,
    sleep: (ms, signal) =>
      new Promise((wake, cut) => {
        const sleeper = { untilMs: watch.nowMs + ms, wake };
        sleepers.add(sleeper);
        signal.addEventListener('abort', cut);
      }),
  });
  onTestFinished(() => kept.close());
  const pass = (ms: number) => {
    watch.nowMs += ms;
    for (const { untilMs, wake } of sleepers) if (untilMs <= watch.nowMs) wake();
  };
  const says = (...expected: readonly string[]) =>
    vi.waitFor(() => expect(told.splice(0)).toEqual(expected));
  return {
    kept,
    pass,
    says,
    told,
    keep: (at: UnixSeconds) => kept.keep(rememberedOf(fleet, noon + at)),
  };
}

test('it writes at once, then once a minute what came last, and at its end what is left', async () => {
  const folder = await emptyFolder();
  const { kept, keep, pass, says } = keeper(folder);
  expect(await kept.load(noon)).toBeUndefined();
  keep(0);
  await says('saved 0');
  for (const at of [10, 20, 30]) keep(at);
  pass(59_999);
  await says();
  pass(1);
  await says('saved 30');
  keep(40);
  await kept.close();
  await says('saved 40');
  const next = keeper(folder);
  expect((await next.kept.load(noon))?.writtenAt).toBe(noon + 40);
  await next.says('loaded 40');
});

test('of two processes the first writes, and the second once the first has ended', async () => {
  const folder = await emptyFolder();
  const first = keeper(folder);
  first.keep(0);
  await first.says('saved 0');
  const second = keeper(folder);
  await second.kept.load(noon);
  await second.says('loaded 0', 'locked');
  second.keep(1);
  await second.says('locked');
  await first.kept.close();
  second.pass(60_000);
  second.keep(2);
  await second.says('saved 2');
});

test('who was killed is waited for, and then no more', async () => {
  const folder = await emptyFolder();
  await writeFile(join(folder, 'state.lock'), 'of a process that is gone');
  const { kept, keep, pass, says } = keeper(folder);
  await kept.load(noon);
  await says('locked');
  pass(29_999);
  keep(0);
  await says('locked');
  pass(60_000);
  keep(1);
  await says('saved 1');
});

test('who was suspended for so long that another took over does not write any more', async () => {
  const folder = await emptyFolder();
  const suspended = keeper(folder);
  suspended.keep(0);
  await suspended.says('saved 0');
  await writeFile(join(folder, 'state.lock'), 'of another process');
  suspended.pass(60_000);
  suspended.keep(1);
  await suspended.says('locked');
  await suspended.kept.close();
  expect(await readFile(join(folder, 'state.lock'), 'utf8')).toBe('of another process');
});

test('a file of a newer version is left as it is', async () => {
  const folder = await emptyFolder();
  const older = keeper(folder);
  older.keep(0);
  await older.kept.close();
  const file = join(folder, 'state.gz');
  const text = gunzipSync(await readFile(file)).toString();
  const newer = gzipSync(text.replace('"version":1', '"version":2'));
  await writeFile(file, newer);
  const { kept, keep, says } = keeper(folder);
  expect(await kept.load(noon)).toBeUndefined();
  await says('version');
  keep(1);
  await kept.close();
  expect(await readFile(file)).toEqual(newer);
});

test.each([
  ['a file in the place of the folder', (folder: string) => writeFile(folder, '')],
  [
    'a folder in the place of the file',
    (folder: string) => mkdir(join(folder, 'state.gz', 'x'), { recursive: true }),
  ],
])('%s is told, and what was not written is written when it can be', async (_, spoil) => {
  const folder = join(await emptyFolder(), 'state');
  await spoil(folder);
  const { kept, keep, pass, says, told } = keeper(folder);
  expect(await kept.load(noon)).toBeUndefined();
  await vi.waitFor(() => expect(told.splice(0)).toContain('unreadable'));
  keep(0);
  await says('unwritable');
  await rm(folder, { recursive: true });
  pass(60_000);
  keep(1);
  await says('saved 1');
});
