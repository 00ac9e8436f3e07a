import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { inject } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };

const repository = join(import.meta.dirname, '../..');

/** The package as npm would publish it, installed alone. */
export type Installed = {
  /** The files of the package, in their order. */
  readonly files: readonly string[];
  /** Where it was installed: holds a node_modules. */
  readonly folder: string;
  /** The folder of the package in there. */
  readonly at: string;
  readonly remove: () => Promise<void>;
};

/** Packs the bundle of this run and installs it, in a folder of its own: the clone stays as it is. */
export async function packedAndInstalled(): Promise<Installed> {
  const work = await mkdtemp(join(tmpdir(), 'exporter-package-'));
  const [source, folder] = [join(work, 'source'), join(work, 'installed')];
  const shipped = (path: string) => !path.endsWith('/compile-cache');
  await cp(dirname(inject('program')), join(source, 'dist'), { recursive: true, filter: shipped });
  // What an earlier run may have left there: it is of use to nobody else.
  await mkdir(join(source, 'dist/compile-cache'));
  await writeFile(join(source, 'dist/compile-cache/left'), '');
  const beside = packageJson.files.filter((file) => !/^!?dist\b/.test(file));
  for (const file of ['package.json', 'README.md', 'LICENSE', ...beside]) {
    await cp(join(repository, file), join(source, file));
  }
  const packed = await said(source, 'npm', 'pack', '--json', '--ignore-scripts');
  await mkdir(folder);
  await writeFile(join(folder, 'package.json'), '{}');
  // Whatever it needed besides itself could not be had.
  await said(
    folder,
    'npm',
    'install',
    '--offline',
    '--no-audit',
    '--no-fund',
    join(source, tarball),
  );
  return {
    files: [...packed.matchAll(/"path": "(.*)"/g)].map(([, path = '']) => path).toSorted(),
    folder,
    at: join(folder, 'node_modules', packageJson.name),
    remove: () => rm(work, { recursive: true }),
  };
}

const tarball = `${packageJson.name}-${packageJson.version}.tgz`;

/** What a command prints that finds this Node.js first, and nothing of an npm that runs these tests. */
export async function said(
  cwd: string,
  command: string,
  ...args: readonly string[]
): Promise<string> {
  const outside = Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name));
  const PATH = `${dirname(process.execPath)}${delimiter}${process.env['PATH']}`;
  const env = { ...Object.fromEntries(outside), PATH };
  return (await promisify(execFile)(command, args, { cwd, env })).stdout;
}
