import { readFileSync } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import packageJson from '../../../package.json' with { type: 'json' };
import { imageFlags } from '../../../packaging/flags.ts';
import { accountText } from '../../e2e/serving.ts';
import { tools } from '../tools.ts';
import { buildBase, makeBuildBase, makeRuntimeBase, runtimeBase } from './bases.ts';
import { filterOf } from './unit-filter.ts';
import { openWorkshop, type Workshop } from './workshop.ts';

const found = tools('BUILDAH', 'PODMAN', 'RUNC', 'MMDEBSTRAP', 'NODE_26', 'SYSTEMD_ANALYZE');
const repository = join(import.meta.dirname, '../../..');
const image = 'localhost/exporter:test';
const version = packageJson.version;

/** What the README says of running it, without any network at all. */
const hardened = [
  ...['--read-only', '--read-only-tmpfs=false', '--cap-drop=all'],
  ...['--security-opt=no-new-privileges', '--memory=256m', '--pids-limit=100', '--network=none'],
];

const settings = z.object({
  User: z.string(),
  Entrypoint: z.array(z.string()),
  Cmd: z.array(z.string()).nullish(),
  WorkingDir: z.string(),
  Labels: z.record(z.string(), z.string()),
  ExposedPorts: z.record(z.string(), z.unknown()),
  Healthcheck: z.object({ Test: z.array(z.string()) }),
});

describe.skipIf(found === undefined)('the image', () => {
  let workshop: Workshop;
  const buildah = (...args: readonly string[]) => workshop.run(workshop.tools.buildah, args);
  const podman = (...args: readonly string[]) => workshop.run(workshop.tools.podman, args);
  const sizeOf = async (name: string) =>
    Number(await podman('image', 'inspect', '--format', '{{.Size}}', name));

  beforeAll(async () => {
    const [built = '', run = '', runc = '', mmdebstrap = '', node = ''] = found ?? [];
    workshop = await openWorkshop({ buildah: built, podman: run, runc, mmdebstrap, node });
    await makeBuildBase(workshop);
    await makeRuntimeBase(workshop);
    const given = {
      BUILD_IMAGE: buildBase,
      RUNTIME_IMAGE: runtimeBase,
      VERSION: version,
      REVISION: 'f00dfeed',
      CREATED: '2026-01-02T03:04:05Z',
    };
    const values = Object.entries(given).map(([name, value]) => `--build-arg=${name}=${value}`);
    const how = ['--isolation', 'chroot', '--pull=never', '--format', 'docker'];
    await buildah('build', ...how, ...values, '--tag', image, repository);
    const [all, base] = [await sizeOf(image), await sizeOf(runtimeBase)];
    const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
    process.stdout.write(
      `size of the image: ${megabytes(all)}, of which ${megabytes(all - base)} are ours\n`,
    );
  }, 480_000);

  afterAll(() => workshop?.clear(), 60_000);

  test('says who it is, how it runs and how to see that it is well', async () => {
    const text = await podman('image', 'inspect', '--format', '{{json .Config}}', image);
    // Podman keeps the check beside the configuration.
    const check = await podman('image', 'inspect', '--format', '{{json .HealthCheck}}', image);
    const config = settings.parse({ ...JSON.parse(text), Healthcheck: JSON.parse(check) });
    const program = ['/nodejs/bin/node', ...imageFlags, '/app/dist/main.js'];
    expect(config).toMatchObject({
      User: '65532:65532',
      Entrypoint: program,
      WorkingDir: '/etc/mongodbatlas-backup-exporter',
      Healthcheck: { Test: ['CMD', '/nodejs/bin/node', '/app/dist/main.js', 'health'] },
    });
    expect(config.Cmd ?? []).toEqual([]);
    expect(Object.keys(config.ExposedPorts)).toEqual(['10071/tcp']);
    expect(config.Labels).toMatchObject({
      'org.opencontainers.image.title': packageJson.name,
      'org.opencontainers.image.description': packageJson.description,
      'org.opencontainers.image.licenses': packageJson.license,
      'org.opencontainers.image.version': version,
      'org.opencontainers.image.revision': 'f00dfeed',
      'org.opencontainers.image.created': '2026-01-02T03:04:05Z',
    });
  });

  test('holds the bundled program, without a package beside it, and nothing else', async () => {
    const root = await podman('image', 'mount', image);
    const app = join(root, 'app');
    expect((await readdir(app)).toSorted()).toEqual(['LICENSE', 'dist', 'package.json'].toSorted());
    const files = await readdir(join(app, 'dist'), { recursive: true, withFileTypes: true });
    const kinds = new Set(
      files
        .filter((it) => it.isFile() && !it.parentPath.includes('compile-cache'))
        .map((it) => it.name.split('.').pop()),
    );
    // With the style and the icon of the pages, the licenses and the bill of materials.
    expect([...kinds].toSorted()).toEqual(['css', 'js', 'json', 'svg', 'txt']);
    expect(await readdir(join(app, 'dist/assets'))).toContain('live.js');
    await podman('image', 'unmount', image);
  });

  test('finds a configuration that is mounted where it looks, and refuses to serve without', async () => {
    const file = join(workshop.folder, 'config.yaml');
    await writeFile(file, accountText('https://cloud.mongodb.com'), { mode: 0o644 });
    const mounted = `--volume=${file}:/etc/mongodbatlas-backup-exporter/config.yaml:ro`;
    expect(await podman('run', '--rm', ...hardened, mounted, image, 'check')).toBe(
      'The configuration is valid. Accounts: main',
    );
    const refused = podman('run', '--rm', ...hardened, image);
    await expect(refused).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining('copy config.example.yaml to config.yaml'),
    });
  });

  test('has been compiled already, for the user and the flags that it runs with', async () => {
    const traced = '--env=NODE_DEBUG_NATIVE=COMPILE_CACHE';
    const file = join(workshop.folder, 'compiled.yaml');
    await writeFile(file, accountText('https://cloud.mongodb.com'), { mode: 0o644 });
    const mounted = `--volume=${file}:/etc/mongodbatlas-backup-exporter/config.yaml:ro`;
    const name = 'exporter-compiled';
    await podman('run', '--detach', '--name', name, ...hardened, traced, mounted, image);
    // Node.js tells it on standard error.
    const both = ['-c', '"$0" logs "$1" 2>&1', workshop.tools.podman, name];
    const logs = async () => (await workshop.run('/bin/sh', both)).split('\n');
    const compiled = (file: string) => (line: string) =>
      line.includes(`/app/dist/${file}`) && line.includes('was accepted');
    await vi.waitFor(
      async () => {
        const lines = await logs();
        for (const one of ['serve.js', 'exporter.js']) {
          expect(lines.some(compiled(one)), one).toBe(true);
        }
      },
      { timeout: 30_000, interval: 500 },
    );
    await podman('rm', '--force', '--time', '5', name);
  });

  test('can do under the system calls of the systemd unit all that it does', async () => {
    const unit = join(repository, 'deploy/systemd/mongodbatlas-backup-exporter.service');
    const filter = await filterOf(readFileSync(unit, 'utf8'), found?.[5] ?? '');
    const file = join(workshop.folder, 'seccomp.json');
    await writeFile(file, JSON.stringify(filter));
    const name = 'exporter-filtered';
    const everywhere = ['demo', '--web.listen-address=0.0.0.0:10071'];
    const filtered = `--security-opt=seccomp=${file}`;
    await podman('run', '--detach', '--name', name, ...hardened, filtered, image, ...everywhere);
    await vi.waitFor(() => podman('healthcheck', 'run', name), { timeout: 30_000, interval: 500 });
    await podman('stop', '--time', '20', name);
    expect(await podman('inspect', '--format', '{{.State.ExitCode}}', name)).toBe('0');
  });

  describe('running the demo', () => {
    const name = 'exporter-demo';
    /** A little program inside the container; what it prints. */
    const inside = (code: string) =>
      podman('exec', name, '/nodejs/bin/node', '--input-type=module', '--eval', code);

    beforeAll(async () => {
      await podman('run', '--detach', '--name', name, ...hardened, image, 'demo');
    }, 60_000);

    test('serves its metrics, with the revision it was built from', async () => {
      const url = 'http://127.0.0.1:10071/metrics';
      const page = await inside(
        `const until = Date.now() + 20_000;
         let answer;
         while (answer === undefined) {
           answer = await fetch('${url}').catch((error) => { if (Date.now() > until) throw error; });
         }
         console.log(await answer.text());`,
      );
      const built = `version="${version}",revision="f00dfeed",node_version="v26.`;
      expect(page).toContain(`build_info{${built}`);
      expect(
        page.match(/^mongodbatlas_backup_snapshot_last_completed_age_/gm)?.length,
      ).toBeGreaterThan(15);
    });

    test('is healthy', async () => {
      await podman('healthcheck', 'run', name);
      expect(await podman('inspect', '--format', '{{.State.Health.Status}}', name)).toBe('healthy');
    });

    test('runs as nobody in particular, may do nothing in particular, and gains nothing', async () => {
      const status = await inside(
        `import { readFileSync } from 'node:fs';
         console.log(readFileSync('/proc/1/status', 'utf8'));`,
      );
      const lines = status.split('\n').map((line) => line.split(/\s+/));
      const valuesOf = (key: string) => lines.find(([first]) => first === `${key}:`)?.slice(1);
      const ids = Array(4).fill('65532');
      const none = ['0000000000000000'];
      expect({ uid: valuesOf('Uid'), gid: valuesOf('Gid') }).toEqual({ uid: ids, gid: ids });
      for (const set of ['CapInh', 'CapPrm', 'CapEff', 'CapBnd'])
        expect(valuesOf(set)).toEqual(none);
      expect({ more: valuesOf('NoNewPrivs'), filter: valuesOf('Seccomp') }).toEqual({
        more: ['1'],
        filter: ['2'],
      });
      process.stdout.write(`peak memory of the demo: ${valuesOf('VmHWM')?.join(' ')}\n`);
    });

    test('can write nowhere', async () => {
      const said = await inside(
        `import { writeFileSync } from 'node:fs';
         for (const folder of ['/', '/app', '/tmp', '/etc/mongodbatlas-backup-exporter']) {
           try { writeFileSync(folder + '/x', ''); console.log(folder, 'written'); }
           catch ({ code }) { console.log(folder, code); }
         }`,
      );
      expect(said.split('\n').map((line) => line.split(' ')[1])).toEqual(Array(4).fill('EROFS'));
    });

    const absent = [
      '/bin/sh',
      '/bin/bash',
      '/bin/busybox',
      '/usr/bin/env',
      '/usr/bin/apt',
      '/usr/bin/dpkg',
    ];
    test.each([...absent, '/nodejs/bin/npm'])('has no %s', async (program) => {
      const tried = podman('exec', name, program);
      await expect(tried).rejects.toMatchObject({
        stderr: expect.stringContaining('no such file or directory'),
      });
    });

    test('stops as asked, soon and with nothing to complain of', async () => {
      const from = performance.now();
      await podman('stop', '--time', '20', name);
      expect(performance.now() - from).toBeLessThan(10_000);
      const form = '{{.State.ExitCode}} {{.State.OOMKilled}}';
      expect(await podman('inspect', '--format', form, name)).toBe('0 false');
    });
  });
});
