import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** The tools that images are made and run with. */
export type Tools = {
  readonly buildah: string;
  readonly podman: string;
  readonly runc: string;
  readonly mmdebstrap: string;
  /** The Node.js that goes into the base images. */
  readonly node: string;
};

/** Images and containers in a folder of their own, of which nothing is left. */
export type Workshop = {
  readonly tools: Tools;
  readonly folder: string;
  /** Its standard output, trimmed. Rejects with what it said when it ends with another code than 0. */
  readonly run: (binary: string, args: readonly string[]) => Promise<string>;
  readonly clear: () => Promise<void>;
};

export async function openWorkshop(tools: Tools): Promise<Workshop> {
  const folder = await mkdtemp(join(tmpdir(), 'exporter-image-'));
  const at = (name: string) => join(folder, name);
  await mkdir(at('tmp'));
  await writeFile(
    at('storage.conf'),
    // Plain folders: nothing stays mounted, whatever happens.
    `[storage]\ndriver = "vfs"\ngraphroot = "${at('graph')}"\nrunroot = "${at('run')}"\n`,
  );
  await writeFile(at('containers.conf'), engineSettings(tools.runc, at('libpod')));
  const env = {
    ...process.env,
    TMPDIR: at('tmp'),
    CONTAINERS_STORAGE_CONF: at('storage.conf'),
    CONTAINERS_CONF: at('containers.conf'),
  };
  const run: Workshop['run'] = async (binary, args) => {
    const { stdout } = await promisify(execFile)(binary, [...args], { env, maxBuffer: 2 ** 25 });
    return stdout.trim();
  };
  return {
    tools,
    folder,
    run,
    clear: async () => {
      await run(tools.podman, ['rm', '--all', '--force', '--time', '0']);
      await rm(folder, { recursive: true });
    },
  };
}

/** As they have to be where nobody may raise a limit, and systemd does not run. */
function engineSettings(runc: string, temporary: string): string {
  return [
    '[containers]',
    'default_ulimits = ["nofile=4096:4096", "nproc=4096:4096"]',
    '[engine]',
    'runtime = "runc"',
    'cgroup_manager = "cgroupfs"',
    'events_logger = "none"',
    'lock_type = "file"',
    `tmp_dir = "${temporary}"`,
    '[engine.runtimes]',
    `runc = ["${runc}"]`,
    '',
  ].join('\n');
}
