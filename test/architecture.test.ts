import { describe, expect, test } from 'vitest';
import { files, folderOf, importsOf, loadedBy } from './imports.ts';

/** Which folders of src the files of a folder may import from, besides their own. */
const arrows: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  config: ['domain'],
  atlas: ['domain'],
  metrics: ['domain'],
  simulator: ['domain'],
  alerting: ['metrics', 'domain'],
  status: ['alerting', 'metrics', 'domain'],
  chart: ['alerting', 'config'],
  web: ['status', 'metrics', 'domain'],
};
/** What is no part of anything: everybody may go in turns, watch whether the others do, and be limited. */
const forAll = ['turns.ts', 'loop-delay.ts', 'time-limit.ts'];
/** These put the parts together and see all of them. */
const seeAll = ['cli', '.'];

describe('the architecture', () => {
  test('is made of the folders that the arrows name', () => {
    const folders = new Set(files.map(folderOf));
    expect([...folders].toSorted()).toEqual([...seeAll, ...Object.keys(arrows)].toSorted());
  });

  test('has no import against the arrows', () => {
    const wrong = files.flatMap((file) => {
      const from = folderOf(file);
      if (seeAll.includes(from)) return [];
      const allowed = [from, ...(arrows[from] ?? [])];
      return importsOf(file)
        .filter((imported) => !forAll.includes(imported))
        .filter((imported) => !allowed.includes(folderOf(imported)))
        .map((imported) => `${file} imports ${imported}`);
    });
    expect(wrong).toEqual([]);
  });

  test('has only main.ts above cli', () => {
    const above = files.filter((file) =>
      importsOf(file).some((imported) => folderOf(imported) === 'cli' && folderOf(file) !== 'cli'),
    );
    expect(above).toEqual(['main.ts']);
  });

  test('has a poller that knows Atlas and the domain, but no page and no server', () => {
    const imports = importsOf('poller.ts').filter((imported) => !forAll.includes(imported));
    const folders = new Set(imports.map(folderOf));
    expect([...folders].toSorted()).toEqual(['atlas', 'domain']);
  });

  test('has a program that knows its commands without loading any', () => {
    expect(loadedBy('main.ts').filter((file) => folderOf(file) === 'cli')).toEqual([
      'cli/commands.ts',
      'cli/usage.ts',
    ]);
  });

  test('has an exporter that serves without the simulator, nor what only some configurations need', () => {
    const loaded = loadedBy('cli/serve.ts');
    expect(loaded).toContain('exporter.ts');
    expect(loaded.filter((file) => folderOf(file) === 'simulator')).toEqual([]);
    expect(loaded).not.toContain('cli/reading.ts');
    expect(loaded).not.toContain('web-access.ts');
    expect(loaded).not.toContain('config/text.ts');
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
