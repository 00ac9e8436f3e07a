import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { deploy, repository, shipped } from './shipped.ts';

const dockerfile = readFileSync(join(repository, 'Dockerfile'), 'utf8')
  .replaceAll(/^#.*\n/gm, '')
  .replaceAll(/\\\n/g, ' ');
/** The instructions of the last stage: what the image is, and how it runs. */
const last = dockerfile.slice(dockerfile.lastIndexOf('FROM ')).trim().split('\n').filter(Boolean);
const given = (name: string) =>
  last
    .filter((line) => line.trim().startsWith(`${name} `))
    .map((line) => line.trim().slice(name.length + 1));

describe('the image', () => {
  test('stands on a base without a shell, and puts none in', () => {
    expect(given('FROM')).toEqual([expect.stringMatching(/RUNTIME_IMAGE/)]);
    expect(dockerfile).toMatch(
      /^ARG RUNTIME_IMAGE=gcr\.io\/distroless\/nodejs\d+-debian\d+:nonroot$/m,
    );
    // Whatever ran or was fetched here would have to be looked at.
    for (const instruction of ['RUN', 'ADD', 'SHELL', 'VOLUME'])
      expect(given(instruction)).toEqual([]);
    for (const form of [...given('ENTRYPOINT'), ...given('CMD')]) expect(form).toMatch(/^\[/);
  });

  test('runs as a user that is a number, so that Kubernetes can tell it from root', () => {
    expect(given('USER')).toEqual(['65532:65532']);
  });
});

/** Pod Security "restricted" asks for these, but for the root that is only read. */
const restricted = {
  podSecurityContext: {
    runAsNonRoot: true,
    runAsUser: 65_532,
    seccompProfile: { type: 'RuntimeDefault' },
  },
  securityContext: {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
  },
  serviceAccount: { automountToken: false },
};

describe('it may do nothing, write nowhere and gain nothing', () => {
  test('by the defaults of the chart, where it has no token of Kubernetes, either', async () => {
    const file = join(repository, 'helm/mongodbatlas-backup-exporter/values.yaml');
    expect(await shipped(file, z.unknown())).toMatchObject(restricted);
  });

  test('by compose.yaml', async () => {
    const { services } = await shipped(
      join(deploy, 'compose.yaml'),
      z.object({ services: z.object({ exporter: z.record(z.string(), z.unknown()) }) }),
    );
    expect(services.exporter).toMatchObject({
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
    });
    for (const key of ['cap_add', 'privileged', 'user', 'network_mode', 'volumes']) {
      expect(services.exporter).not.toHaveProperty(key);
    }
  });

  test('as the README runs it', () => {
    const hardened = '--read-only --cap-drop=all --security-opt=no-new-privileges';
    expect(readFileSync(join(repository, 'README.md'), 'utf8')).toContain(`podman run ${hardened}`);
  });
});
