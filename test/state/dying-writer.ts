import { writeSync } from 'node:fs';
import { writeState } from '../../src/state/file.ts';

// Writes one file after the other, each of one number, and is killed after so many steps.
const [folder = '', steps = ''] = process.argv.slice(2);
let left = Number(steps);

function* numbers(n: number): Generator<string> {
  for (let line = 0; line < 3_000; line += 1) yield `${n} ${Math.random()}\n`;
  yield `${n} end\n`;
}

for (let n = 1; ; n += 1) {
  const after = (step: string) => {
    left -= 1;
    if (left > 0) return;
    writeSync(1, `${n} ${step}\n`);
    process.kill(process.pid, 'SIGKILL');
  };
  await writeState(folder, numbers(n), { after });
}
