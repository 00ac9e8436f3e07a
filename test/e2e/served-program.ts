import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { vi } from 'vitest';
import { emptyFolder, type Program, type Surroundings, startedProgram } from './program.ts';

export type ServedProgram = {
  readonly program: Program;
  readonly url: string;
};

/** The real program with this configuration, once it serves. */
export async function servedProgram(
  config: string,
  surroundings: Omit<Surroundings, 'cwd'> = {},
): Promise<ServedProgram> {
  const folder = await emptyFolder();
  await writeFile(join(folder, 'config.yaml'), config);
  const program = startedProgram(['serve', '--web.listen-address', '127.0.0.1:0'], {
    ...surroundings,
    cwd: folder,
  });
  return { program, url: await urlOf(program) };
}

/** Where it serves, once it does. */
function urlOf(program: Program): Promise<string> {
  return vi.waitFor(
    () => {
      const found = /url"?[:=]"?(http[^"\s]+)/.exec(program.stderr())?.[1];
      if (found === undefined) throw new Error(`it does not serve yet: ${program.stderr()}`);
      return found;
    },
    { timeout: 10_000, interval: 20 },
  );
}
