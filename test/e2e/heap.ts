// Loaded into the real program before it starts: at SIGWINCH it says on standard output how many
// bytes of its heap are in use once all that is unreachable has gone.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

process.on('SIGWINCH', () => {
  // What one collection sets free by its callbacks, the next one takes.
  for (let times = 0; times < 4; times += 1) collect();
  process.stdout.write(`heap ${process.memoryUsage().heapUsed}\n`);
});
