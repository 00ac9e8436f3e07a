import { readdirSync, readFileSync } from 'node:fs';

const prefix = '# expect: ';

/** A faulty file; its own comments say `line:column: message` of each problem that it has. */
export type Faulty = {
  readonly file: string;
  readonly bytes: Buffer;
  readonly expected: readonly string[];
};

export function faultyFiles(folder: URL): readonly Faulty[] {
  return readdirSync(folder).map((file) => {
    const bytes = readFileSync(new URL(file, folder));
    const lines = bytes.toString().split('\n');
    const expected = lines
      .filter((line) => line.startsWith(prefix))
      .map((line) => `${file}:${line.slice(prefix.length)}`);
    return { file, bytes, expected };
  });
}
