import { expect, test } from 'vitest';
import { stopwatch } from '../stopwatch.ts';
import { account, configOrThrow, load, problemsOf } from './loading.ts';

const mebibyte = 1024 * 1024;
const padded = (length: number) => `${account}#${' '.repeat(length - account.length - 1)}`;

async function inTime<T>(work: () => Promise<T>): Promise<T> {
  const spent = stopwatch();
  const result = await work();
  expect(spent().worked).toBeLessThan(5_000);
  return result;
}

test('a file of one mebibyte is read and a byte more is not', async () => {
  configOrThrow(await load(padded(mebibyte)));
  expect(problemsOf(await load(padded(mebibyte + 1)))).toBe('config.yaml: is larger than 1 MiB');
});

test('a file that is not text is refused', async () => {
  expect(problemsOf(await load(Uint8Array.of(0x61, 0xff)))).toBe('config.yaml: is not UTF-8 text');
});

test('a byte order mark and Windows line ends do no harm', async () => {
  const text = `\uFEFF${account}log: { level: loud }\n`.replaceAll('\n', '\r\n');
  expect(problemsOf(await load(text))).toBe(
    'config.yaml:6:15: log.level: must be one of trace, debug, info, warn, error',
  );
});

test.each([
  ['brackets', '['.repeat(mebibyte)],
  ['braces', '{a: '.repeat(mebibyte / 4)],
  ['list items in one line', '- '.repeat(mebibyte / 2)],
  ['explicit keys in one line', '? '.repeat(mebibyte / 2)],
  ['indentation', Array.from({ length: 1_000 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join('')],
  [
    'lists at the column of their keys',
    Array.from({ length: 60 }, (_, depth) => `${'  '.repeat(depth)}a:\n${'  '.repeat(depth)}-\n`)
      .join('')
      .replace(/-\n(?! *a)/, '- x\n'),
  ],
])('a megabyte that nests by %s is refused in time', async (_, text) => {
  expect(problemsOf(await inTime(() => load(text)))).toContain('nests deeper than 50');
});

test('brackets in text and comments are no nesting', async () => {
  const brackets = '['.repeat(100);
  const text = `${account}# ${brackets}\nlog:\n  # ${brackets}\n  level: "${brackets}"\n`;
  expect(problemsOf(await load(text))).toBe(
    'config.yaml:9:10: log.level: must be one of trace, debug, info, warn, error',
  );
});

test('many brackets one after the other are no nesting', async () => {
  const list = `[${'"a/b",'.repeat(100)}]`;
  configOrThrow(await load(`${account}    clusters: { include: ${list}, exclude: ${list} }\n`));
  const pairs = '[],'.repeat(100);
  expect(problemsOf(await load(`${account}log: [${pairs}]\n`))).not.toContain('nests');
});

test.each([
  ['syntax errors', '"\\q"\n'.repeat(40_000)],
  ['unknown keys', Array.from({ length: 10_000 }, (_, index) => `k${index}: x`).join('\n')],
  ['one key many times', 'poll: x\n'.repeat(20_000)],
  ['aliases', `a: &a x\nb: [${'*a,'.repeat(28_000)}]\n`],
  ['faulty list items', `${account}    projects: { include: [${'1,'.repeat(28_000)}] }`],
  ['unset variables', `x: [${`"\${A}",`.repeat(10_000)}]\n`],
])('a flood of %s is refused in time and in a hundred lines', async (_, text) => {
  const lines = problemsOf(await inTime(() => load(text))).split('\n');
  expect(lines.length).toBeLessThanOrEqual(101);
});

test('a chain of aliases that nests deeper and deeper is refused', async () => {
  const links = Array.from(
    { length: 200 },
    (_, index) => `a${index + 1}: &a${index + 1} [*a${index}]`,
  );
  const text = `a0: &a0 x\n${links.join('\n')}\n`;
  expect(problemsOf(await inTime(() => load(text)))).toContain('nests deeper than 50');
});

test('a thousand broken reloads leave the loader sound', async () => {
  for (let index = 0; index < 1_000; index += 1) await load(`${account}bad${index}: [`);
  configOrThrow(await load(account));
});
