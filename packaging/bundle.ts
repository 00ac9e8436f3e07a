import { cpSync } from 'node:fs';
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
  cpSync(join(repository, 'src/web/routes/assets'), join(folder, 'assets'), { recursive: true });
}

if (import.meta.main) await bundle(join(repository, 'dist'));
