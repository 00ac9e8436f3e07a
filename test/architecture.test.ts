import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { functionsOf } from './functions.ts';
import { files, importsOf, loadedBy, roomOf } from './imports.ts';

/** Which rooms the files of a room may import from, besides their own; from the ground up. */
const arrows: Readonly<Record<string, readonly string[]>> = {
  runtime: [],
  domain: ['runtime'],
  config: ['domain', 'runtime'],
  atlas: ['domain', 'runtime'],
  metrics: ['domain', 'runtime'],
  simulator: ['domain', 'runtime'],
  html: ['domain', 'runtime'],
  alerting: ['metrics', 'domain'],
  collectors: ['alerting', 'atlas', 'html', 'metrics', 'domain'],
  status: ['collectors', 'alerting', 'domain', 'runtime'],
  dashboards: ['status', 'collectors', 'alerting', 'metrics'],
  state: ['status', 'domain', 'runtime'],
  web: ['status', 'collectors', 'html', 'alerting', 'metrics', 'domain', 'runtime'],
};
/** These see all that is below them. */
const floors = ['exporter', 'cli', 'src', 'generate'];
describe('the architecture', () => {
  test('is made of the rooms that the arrows name', () => {
    expect(new Set(files.map(roomOf))).toEqual(new Set([...floors, ...Object.keys(arrows)]));
  });

  test('has nothing in the hall but main.ts', () => {
    expect(files.filter((file) => roomOf(file) === 'src')).toEqual(['src/main.ts']);
  });

  test('has no import against the arrows', () => {
    const wrong = files.flatMap((file) => {
      const from = roomOf(file);
      const allowed = arrows[from];
      if (allowed === undefined) return [];
      return importsOf(file)
        .filter((imported) => ![from, ...allowed].includes(roomOf(imported)))
        .map((imported) => `${file} imports ${imported}`);
    });
    expect(wrong).toEqual([]);
  });

  test.each([
    ['exporter', ['cli', 'src', 'generate']],
    ['cli', ['src', 'generate']],
  ])('has an %s that imports nothing above it', (room, above) => {
    const wrong = files
      .filter((file) => roomOf(file) === room)
      .flatMap((file) => importsOf(file).filter((imported) => above.includes(roomOf(imported))));
    expect(wrong).toEqual([]);
  });

  test('has only main.ts above cli', () => {
    const above = files.filter((file) =>
      importsOf(file).some((imported) => roomOf(imported) === 'cli' && roomOf(file) !== 'cli'),
    );
    expect(above).toEqual(['src/main.ts']);
  });

  test('has a poller that knows Atlas and the domain, but no page and no server', () => {
    const rooms = new Set(importsOf('src/exporter/poll.ts').map(roomOf));
    expect([...rooms].toSorted()).toEqual(['atlas', 'domain', 'runtime']);
    const seen = importsOf('src/exporter/poller.ts').filter((one) => !rooms.has(roomOf(one)));
    expect(seen).toEqual(['src/exporter/poll.ts']);
  });

  test('has a program that knows its commands without loading any', () => {
    expect(loadedBy('src/main.ts').filter((file) => roomOf(file) === 'cli')).toEqual([
      'src/cli/commands.ts',
      'src/cli/usage.ts',
    ]);
  });

  test('has an exporter that serves without the simulator, nor what only some configurations need', () => {
    const loaded = loadedBy('src/cli/serve.ts');
    expect(loaded).toContain('src/exporter/exporter.ts');
    expect(loaded.filter((file) => roomOf(file) === 'simulator')).toEqual([]);
    expect(loaded).not.toContain('src/cli/reading.ts');
    expect(loaded).not.toContain('src/exporter/web-access.ts');
    expect(loaded).not.toContain('src/config/text.ts');
  });

  test('has no function that is longer than 60 lines', () => {
    const tooLong = files
      .filter((file) => file.startsWith('src/'))
      .flatMap(functionsOf)
      .filter(({ lines }) => lines > 60);
    expect(tooLong).toEqual([]);
  });

  test('has no file that is longer than 250 lines, and half of them are under 100', () => {
    const lengths = files
      .filter((file) => file.startsWith('src/'))
      .map((file) => ({ file, lines: readFileSync(file, 'utf8').split('\n').length - 1 }))
      .toSorted((one, other) => one.lines - other.lines);
    expect(lengths.filter(({ lines }) => lines > 250)).toEqual([]);
    expect(lengths[lengths.length >> 1]?.lines).toBeLessThan(100);
  });

  test('has no import cycles', () => {
    expect(files.flatMap((file) => cycleFrom(file) ?? [])).toEqual([]);
  });
});

/** The shortest way from a file back to itself, as `a.ts > b.ts > a.ts`. */
function cycleFrom(file: string): string | undefined {
  const reached = new Map<string, string>();
  const next = [file];
  for (const at of next) {
    for (const imported of importsOf(at)) {
      if (imported === file) return `${wayTo(at, reached)} > ${file}`;
      if (reached.has(imported)) continue;
      reached.set(imported, at);
      next.push(imported);
    }
  }
  return undefined;
}

function wayTo(file: string, reached: ReadonlyMap<string, string>): string {
  const before = reached.get(file);
  return before === undefined ? file : `${wayTo(before, reached)} > ${file}`;
}
