import { execFile } from 'node:child_process';
import { cp, mkdir, realpath, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Workshop } from './workshop.ts';

/** Stand-ins for the base images, which come from registries that may not be in reach. */
export const buildBase = 'localhost/node:slim';
export const runtimeBase = 'localhost/node:distroless';

const authority = '/etc/ssl/certs/own.pem';
/** All that this machine trusts, those that somebody has added included. */
const debianAuthorities = '/etc/ssl/certs/ca-certificates.crt';

/** A small Debian with Node.js and npm, which trusts whom this machine trusts. */
export async function makeBuildBase({ tools, run }: Workshop): Promise<void> {
  const container = await run(tools.buildah, ['from', 'scratch']);
  const root = await run(tools.buildah, ['mount', container]);
  const [release, mirror] = await debian();
  const packages = '--include=ca-certificates,libatomic1,libstdc++6';
  await run(tools.mmdebstrap, ['--quiet', '--variant=essential', packages, release, root, mirror]);
  await cp(tools.node, join(root, 'usr/local/bin/node'));
  const npm = join(await realpath(await said('sh', '-c', 'command -v npm')), '../..');
  await cp(npm, join(root, 'usr/local/lib/node_modules/npm'), { recursive: true });
  await symlink('../lib/node_modules/npm/bin/npm-cli.js', join(root, 'usr/local/bin/npm'));
  const environment = [`npm_config_registry=${await said('npm', 'config', 'get', 'registry')}`];
  const trusted = process.env['NODE_EXTRA_CA_CERTS'] ?? debianAuthorities;
  await cp(trusted, join(root, authority), { dereference: true });
  environment.push(`NODE_EXTRA_CA_CERTS=${authority}`);
  await run(tools.buildah, ['config', ...environment.flatMap((one) => ['--env', one]), container]);
  await run(tools.buildah, ['commit', '--quiet', '--rm', container, buildBase]);
}

/** Node.js, the libraries it needs, a user, and nothing else. */
export async function makeRuntimeBase({ tools, run }: Workshop): Promise<void> {
  const container = await run(tools.buildah, ['from', 'scratch']);
  const root = await run(tools.buildah, ['mount', container]);
  const libraries = (await said('ldd', tools.node)).match(/\/lib\S+/g) ?? [];
  for (const library of libraries) {
    await mkdir(join(root, dirname(library)), { recursive: true });
    await cp(library, join(root, library), { dereference: true });
  }
  await cp(tools.node, join(root, 'nodejs/bin/node'));
  for (const folder of ['etc', 'home/nonroot', 'tmp']) {
    await mkdir(join(root, folder), { recursive: true });
  }
  await writeFile(join(root, 'etc/passwd'), 'nonroot:x:65532:65532::/home/nonroot:/sbin/nologin\n');
  await writeFile(join(root, 'etc/group'), 'nonroot:x:65532:\n');
  // As in the real one; what is built on it overrides all of it.
  const settings = ['--user', '65532', '--entrypoint', '["/nodejs/bin/node"]'];
  await run(tools.buildah, ['config', ...settings, '--workingdir', '/home/nonroot', container]);
  await run(tools.buildah, ['commit', '--quiet', '--rm', container, runtimeBase]);
}

/** The release of this machine, and the mirror it installs packages from. */
async function debian(): Promise<readonly [string, string]> {
  const release = await said('sh', '-c', '. /etc/os-release && echo "$VERSION_CODENAME"');
  const format = '$(CODENAME) $(REPO_URI)';
  const sources = await said('apt-get', 'indextargets', '--format', format, 'Created-By: Packages');
  const mirror = sources
    .split('\n')
    .map((line) => line.split(' '))
    .find(([codename]) => codename === release)?.[1];
  if (mirror === undefined) throw new Error(`no package source of ${release}`);
  return [release, mirror];
}

async function said(binary: string, ...args: readonly string[]): Promise<string> {
  return (await promisify(execFile)(binary, args)).stdout.trim();
}
