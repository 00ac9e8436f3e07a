import { cpSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'rolldown';
import { contents } from './contents.ts';

const repository = join(import.meta.dirname, '..');

/** Writes the program as a few files of JavaScript that need no packages. */
export async function bundle(folder: string): Promise<void> {
  await build({
    cwd: repository,
    input: { main: 'packaging/entry.ts' },
    platform: 'node',
    plugins: [contents],
    // As in the copy of undici that Node.js brings: without the parser that it tries out.
    transform: { define: { esbuildDetection: 'true' } },
    output: {
      dir: folder,
      cleanDir: true,
      // Behind the entry, which is main.js.
      chunkFileNames: ({ name }) => (name === 'main' ? 'program.js' : '[name].js'),
      // The file of licenses has what is legal in them.
      comments: { legal: false, jsdoc: false },
    },
    onLog: (_level, { message }) => {
      throw new Error(message);
    },
  });
  for (const file of globSync(join(folder, '*.js'))) writeFileSync(file, inAscii(file));
  cpSync(join(repository, 'src/web/routes/assets'), join(folder, 'assets'), { recursive: true });
}

/** One other character, and the engine keeps two bytes for each of a file: 3 MiB in all. */
function inAscii(file: string): string {
  return readFileSync(file, 'utf8').replaceAll(
    /[^\0-\x7f]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

if (import.meta.main) await bundle(join(repository, 'dist'));
