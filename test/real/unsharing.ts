import { spawnSync } from 'node:child_process';

/**
 * A command that runs another one in namespaces of its own, by the flags of `unshare`. Where the
 * rights or the tools for that are missing, what needs it is skipped, aloud.
 */
export function unsharing(...flags: readonly string[]): readonly string[] | undefined {
  const asRoot = ['unshare', ...flags, '--'];
  const asUser = ['unshare', '--user', '--map-root-user', ...flags, '--'];
  const found = [asRoot, asUser].find(
    ([command = '', ...args]) => spawnSync(command, [...args, 'true']).status === 0,
  );
  if (found === undefined) {
    process.stderr.write(`skipped: unshare ${flags.join(' ')} is not possible here\n`);
  }
  return found;
}
