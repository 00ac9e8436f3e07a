import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { bundle } from '../../packaging/bundle.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The entry of the program as it is shipped. */
    program: string;
  }
}

/**
 * Makes the bundle of the program once a run, for all processes that its tests start: hundreds of
 * files of sources take twice the CPU to start. It is made again when tests are, as `vitest` watches.
 */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'exporter-program-'));
  const dist = join(folder, 'dist');
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  const make = async () => {
    await bundle(dist);
    // As in the image: what the first process compiles, the others find.
    await mkdir(join(dist, 'compile-cache'));
  };
  await make();
  project.onTestsRerun(make);
  project.provide('program', join(dist, 'main.js'));
  return () => rm(folder, { recursive: true });
}
