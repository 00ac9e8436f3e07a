import { spawnSync } from 'node:child_process';

/**
 * A command that runs another one in namespaces of its own, by the flags of `unshare`, in which the
 * lines of shell of `setup` work. Where the rights or the tools for that are missing, what needs it
 * is skipped, aloud.
 */
export function unsharing(flags: readonly string[], setup = 'true'): readonly string[] | undefined {
  let why = '';
  for (const rights of [[], ['--user', '--map-root-user']]) {
    const command = ['unshare', ...rights, ...flags, '--'];
    const [file = '', ...args] = [...command, '/bin/sh', '-c', setup];
    const { status, stderr, error } = spawnSync(file, args, { encoding: 'utf8' });
    if (status === 0) return command;
    why ||= (error?.message ?? stderr).trim();
  }
  process.stderr.write(`skipped: no namespaces by unshare ${flags.join(' ')}: ${why}\n`);
  return undefined;
}
