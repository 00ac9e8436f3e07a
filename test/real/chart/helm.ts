import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { tool } from '../tools.ts';
import { type Manifest, manifest } from './shapes.ts';

export const chart = fileURLToPath(
  new URL('../../../helm/mongodbatlas-backup-exporter/', import.meta.url),
);
export const release = 'release';
export const namespace = 'backups';

const [helm4, helm3] = [tool('HELM4'), tool('HELM3')];

export type Helm = { readonly name: string; readonly path: string };

/** Those at hand. */
export const helms: readonly Helm[] = [
  ...(helm4 === undefined ? [] : [{ name: 'Helm 4', path: helm4 }]),
  ...(helm3 === undefined ? [] : [{ name: 'Helm 3', path: helm3 }]),
];

/** The files of values for many cases. */
export const cases: readonly string[] = readdirSync(join(chart, 'ci'));

/** Holds what Helm keeps of charts, so that no test sees those of another run. */
const home = mkdtempSync(join(tmpdir(), 'exporter-helm-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** Runs it apart from any settings of the user. */
export function runHelm({ path }: Helm, args: readonly string[], input = '') {
  const { status, stdout, stderr } = spawnSync(path, args, {
    input,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    env: { HOME: home, PATH: process.env['PATH'] },
  });
  return { status, stdout, stderr };
}

/** What `helm template` makes of a text of values. */
export function template(helm: Helm, values: string, ...args: readonly string[]) {
  return runHelm(
    helm,
    ['template', release, chart, '--namespace', namespace, '--values', '-', ...args],
    values,
  );
}

/** The same as objects. Throws when it fails. */
export function rendered(helm: Helm, values: string, ...args: readonly string[]) {
  const { status, stdout, stderr } = template(helm, values, ...args);
  if (status !== 0) throw new Error(stderr);
  return manifestsIn(stdout);
}

export function manifestsIn(text: string): readonly Manifest[] {
  return parseAllDocuments(text).map((document) => {
    const [error] = [...document.errors, ...document.warnings];
    if (error !== undefined) throw error;
    return manifest.parse(document.toJS());
  });
}
