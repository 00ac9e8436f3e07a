import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** The settings of a unit with this name, in their order. */
function settings(unit: string, name: string): readonly string[] {
  return [...unit.matchAll(new RegExp(`^${name}=(.*)$`, 'gm'))].map(([, value = '']) => value);
}

/** As Linux numbers them. */
const families: Readonly<Record<string, number>> = {
  AF_UNIX: 1,
  AF_INET: 2,
  AF_INET6: 10,
  AF_NETLINK: 16,
};

/**
 * What the unit lets its program ask of the kernel, as a seccomp profile for containers.
 * `analyze`: the path of systemd-analyze, which knows the groups of system calls.
 */
export async function filterOf(unit: string, analyze: string): Promise<object> {
  const members = async (group: string): Promise<readonly string[]> => {
    const { stdout } = await promisify(execFile)(analyze, ['syscall-filter', group]);
    const listed = stdout
      .split('\n')
      .slice(1)
      .map((line) => line.trim());
    const names = listed.filter((line) => /^@?\w/.test(line));
    const nested = names.map((name) => (name.startsWith('@') ? members(name) : [name]));
    return (await Promise.all(nested)).flat();
  };
  const groupsOf = async (text: string) => (await Promise.all(text.split(' ').map(members))).flat();

  const [first = '', ...more] = settings(unit, 'SystemCallFilter');
  const allowed = new Set(await groupsOf(`@default ${first}`));
  for (const line of more) {
    if (!line.startsWith('~')) throw new Error(`only exceptions may follow: ${line}`);
    for (const name of await groupsOf(line.slice(1))) allowed.delete(name);
  }
  allowed.delete('socket');
  const [sockets = ''] = settings(unit, 'RestrictAddressFamilies');
  return {
    defaultAction: 'SCMP_ACT_ERRNO',
    syscalls: [
      { names: [...allowed], action: 'SCMP_ACT_ALLOW' },
      ...sockets.split(' ').map((family) => ({
        names: ['socket'],
        action: 'SCMP_ACT_ALLOW',
        args: [{ index: 0, value: families[family], op: 'SCMP_CMP_EQ' }],
      })),
    ],
  };
}
