import { mkdir, readdir, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { readState, writeState } from '../../src/state/file.ts';
import { linesOf, rememberedIn } from '../../src/state/lines.ts';
import { fleetAfter } from '../domain/reports.ts';
import { completed, noon } from '../domain/snapshots.ts';
import { emptyFolder } from '../e2e/program.ts';
import { rememberedOf } from './written.ts';

const fleet = fleetAfter([
  {
    projects: { a: ['p'] },
    clusters: { p: ['x', 'y'] },
    backups: { 'p/x': [completed(noon - 3600)], 'p/y': [] },
  },
]);
const remembered = rememberedOf(fleet);

async function written(): Promise<{ readonly folder: string; readonly file: string }> {
  const folder = await emptyFolder();
  await writeState(folder, linesOf(remembered));
  return { folder, file: join(folder, 'state.gz') };
}

const read = (folder: string, now = noon) => readState(folder, (lines) => rememberedIn(lines, now));

/** Writes the same lines after a change of their text. */
async function changed(change: (text: string) => string): Promise<string> {
  const { folder, file } = await written();
  await writeFile(file, gzipSync(change(gunzipSync(await readFile(file)).toString())));
  return folder;
}

test('a file is read as it was written, and only its owner can read it', async () => {
  const { folder, file } = await written();
  expect(await read(folder)).toEqual(remembered);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await readdir(folder)).toEqual(['state.gz']);
});

test('what a killed writer left behind is gone with the next file', async () => {
  const { folder } = await written();
  await writeFile(join(folder, 'state.gz.of-a-killed-process'), 'half');
  await writeState(folder, linesOf(remembered));
  expect(await readdir(folder)).toEqual(['state.gz']);
});

test('a file that cannot be finished leaves the one before, and nothing else', async () => {
  const { folder } = await written();
  function* broken() {
    yield 'half\n';
    throw new Error('full');
  }
  await expect(writeState(folder, broken())).rejects.toThrow('full');
  expect(await readdir(folder)).toEqual(['state.gz']);
  expect(await read(folder)).toEqual(remembered);
});

test('without a file nothing is known, which is no fault', async () => {
  expect(await read(await emptyFolder())).toBeUndefined();
});

test('a file that was cut at any byte is refused', async () => {
  const { folder, file } = await written();
  const whole = await readFile(file);
  for (let length = 0; length < whole.length; length += 1) {
    await writeFile(file, whole);
    await truncate(file, length);
    await expect(read(folder), `${length} bytes`).rejects.toMatchObject({ reason: 'torn' });
  }
});

test('a file with a wrong byte anywhere is refused, or holds what was written', async () => {
  const { folder, file } = await written();
  const whole = await readFile(file);
  for (let at = 0; at < whole.length; at += 1) {
    const bytes = Buffer.from(whole);
    bytes[at] = (bytes[at] ?? 0) ^ 0xff;
    await writeFile(file, bytes);
    // Some bytes of the head of gzip mean nothing.
    const found = await read(folder).catch(({ reason }) => reason);
    if (found !== 'torn') expect(found, `byte ${at}`).toEqual(remembered);
  }
});

test.each([
  ['torn', 'its last line is missing', (text: string) => text.replace(/.*\n$/, '')],
  ['torn', 'a line is missing', (text: string) => text.replace(/^\{"cluster.*\n/m, '')],
  ['torn', 'there is one more line', (text: string) => `${text}{"end":4}\n`],
  ['torn', 'it is another program’s', (text: string) => text.replace('exporter state', 'x')],
  ['torn', 'it is empty', () => ''],
  ['torn', 'its last line has no end', (text: string) => `${text}{`],
  [
    'version',
    'a newer version wrote it',
    (text: string) => text.replace('"version":1', '"version":2'),
  ],
  [
    'future',
    'it is dated in the future',
    (text: string) => text.replace(/"writtenAt":\d+/, `"writtenAt":${noon + 301}`),
  ],
])('a file is refused as %s when %s', async (reason, _, change) => {
  await expect(read(await changed(change))).rejects.toMatchObject({ reason });
});

test('a file that is no file, or too large for one of ours, is not read', async () => {
  const folder = await emptyFolder();
  await mkdir(join(folder, 'state.gz'));
  await expect(read(folder)).rejects.toMatchObject({ reason: 'unreadable' });
  const { folder: other, file } = await written();
  // A hole: it takes no room.
  await truncate(file, 513 * 2 ** 20);
  await expect(read(other)).rejects.toMatchObject({ reason: 'too_large' });
});

test('what unpacks to more than any file of ours is not read to its end', async () => {
  const { folder, file } = await written();
  await writeFile(file, gzipSync(`${'x'.repeat(2 ** 20)}\n`));
  await expect(
    readState(folder, (lines) => rememberedIn(lines, noon), { maxUnpackedBytes: 2 ** 16 }),
  ).rejects.toMatchObject({ reason: 'too_large' });
});

test('nothing of the credentials is in the file', async () => {
  const { file } = await written();
  const text = gunzipSync(await readFile(file)).toString();
  expect(JSON.parse(text.split('\n')[0] ?? '').accounts).toEqual([
    { name: 'a', baseUrl: 'https://cloud.mongodb.com' },
  ]);
});
