import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { emptyFolder, run } from '../e2e/program.ts';
import { valuesOf } from '../e2e/samples.ts';
import { accountText } from '../e2e/serving.ts';
import { unsharing } from './unsharing.ts';

/**
 * 192.0.2.1 is this machine. What is sent to 192.0.2.2 and 2001:db8::2 vanishes: the other end of
 * the cable has another address than it is sent to.
 */
const cable = `
  set -eu
  PATH=/usr/sbin:/usr/bin:/sbin:/bin
  ip link set lo up
  ip link add near type veth peer name far
  ip address add 192.0.2.1/24 dev near
  ip address add 2001:db8::1/64 dev near nodad
  ip link set near up
  ip link set far up
  ip neighbour add 192.0.2.2 lladdr 02:00:00:00:00:02 dev near
  ip neighbour add 2001:db8::2 lladdr 02:00:00:00:00:02 dev near`;

/** A simulated Atlas on this machine; localhost leads to where packets vanish first, and then to it. */
const atlas = `
  printf '%s localhost\\n' 2001:db8::2 192.0.2.1 > hosts
  mount --bind hosts /etc/hosts
  "$1" "$2" simulate --listen-address 192.0.2.1:8080 --projects 1 --clusters 3 > atlas 2>&1 &
  until grep -q http atlas; do sleep 0.05; done`;

const unshare = unsharing(['--net', '--mount', '--pid', '--fork', '--kill-child'], cable);

/** Polls once in that network. */
async function polled(url: string, more = '') {
  const cwd = await emptyFolder();
  await writeFile(join(cwd, 'config.yaml'), accountText(url, 'poll: { request_timeout: 1s }'));
  const script = [cable, more, 'exec "$@"'].join('\n');
  const within = [...(unshare ?? []), '/bin/sh', '-c', script, 'sh'];
  const startedAt = performance.now();
  const ended = await run(['once'], { cwd, within });
  return { ...ended, seconds: (performance.now() - startedAt) / 1000 };
}

describe.skipIf(unshare === undefined)('in a network', () => {
  test('where packets vanish, connecting ends as a timeout', async () => {
    const { code, stdout, stderr, seconds } = await polled('https://192.0.2.2');
    expect(stderr).toContain('"reason":"timeout"');
    expect(code).toBe(1);
    expect(valuesOf(stdout, 'exporter_errors_total', { reason: 'timeout' })).toContain(1);
    expect(seconds).toBeLessThan(15);
  });

  test('where IPv6 leads nowhere and IPv4 works, Atlas is read', async () => {
    const { code, stdout, stderr } = await polled('http://localhost:8080', atlas);
    expect(stderr).not.toContain('timeout');
    expect(code).toBe(0);
    expect(valuesOf(stdout, 'exporter_poll_success')).toEqual([1]);
    expect(valuesOf(stdout, 'refresh_success')).toEqual([1, 1, 1]);
  });
});
