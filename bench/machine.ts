import { execFile } from 'node:child_process';
import { availableParallelism, cpus, release, totalmem, type } from 'node:os';
import { promisify } from 'node:util';

/** What a run was measured on, in one line. */
export async function machine(): Promise<string> {
  const go = await promisify(execFile)('go', ['env', 'GOVERSION']).then(
    ({ stdout }) => stdout.trim().replace('go', 'Go '),
    () => 'no Go',
  );
  return [
    `${availableParallelism()} cores (${cpus()[0]?.model.trim() ?? 'unknown'})`,
    `${Math.round(totalmem() / 2 ** 30)} GiB of memory`,
    `${type()} ${release()}`,
    `Node.js ${process.versions.node}`,
    go,
  ].join(', ');
}
