import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Outside } from './outside.ts';
import { type Container, type Manifest, type PodSpec, workload } from './shapes.ts';

const etc = '/etc/mongodbatlas-backup-exporter';

/** The pods of a release, and their exporter. */
export function podOf(manifests: readonly Manifest[]) {
  const found = manifests.filter(({ kind }) => kind === 'Deployment' || kind === 'StatefulSet');
  const [only] = found;
  if (only === undefined || found.length !== 1) throw new Error('not one workload');
  const { metadata, spec, kind } = workload.parse(only);
  const pod = spec.template.spec;
  const exporter = pod.containers.find(({ name }) => name === 'exporter');
  if (exporter === undefined) throw new Error('no exporter in the pod');
  return { kind, name: metadata.name, spec, template: spec.template.metadata, pod, exporter };
}

type Items = readonly { readonly key: string; readonly path: string }[] | undefined;
type File = { readonly path: string; readonly content: string };

/** The files of an object as a volume of it has them. Throws when a key is not there. */
function filesOf(data: Readonly<Record<string, string>>, items: Items): readonly File[] {
  const chosen = items ?? Object.keys(data).map((key) => ({ key, path: key }));
  return chosen.map(({ key, path }) => {
    const content = data[key];
    if (content === undefined) throw new Error(`no key ${key}`);
    return { path, content };
  });
}

/**
 * Does what the kubelet does: puts the files of the volumes where the container expects them, but
 * with a folder in place of /etc/mongodbatlas-backup-exporter, in paths and in files.
 */
export async function mount(
  folder: string,
  { volumes }: PodSpec,
  { volumeMounts }: Container,
  { secrets, configMaps }: Outside,
): Promise<void> {
  const found = (objects: Outside['secrets'], name: string, items: Items) => {
    const data = objects[name];
    if (data === undefined) throw new Error(`nothing is called ${name}`);
    return filesOf(data, items);
  };
  for (const { name, mountPath } of volumeMounts.filter((one) => one.mountPath.startsWith(etc))) {
    const volume = volumes.find((one) => one.name === name);
    const sources = [
      ...(volume?.projected?.sources.map(({ secret }) => secret) ?? []),
      ...(volume?.secret === undefined
        ? []
        : [{ name: volume.secret.secretName, items: volume.secret.items }]),
    ].map((secret) => found(secrets, secret.name, secret.items));
    const { configMap } = volume ?? {};
    if (configMap !== undefined) {
      sources.push(found(configMaps, configMap.name, configMap.items));
    }
    if (sources.length === 0) throw new Error(`no source of the volume ${name}`);
    for (const { path, content } of sources.flat()) {
      const file = join(folder, mountPath.slice(etc.length), path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, content.replaceAll(etc, folder));
    }
  }
}

/** The arguments of a container, as the kubelet hands them to the program. */
export function argumentsOf({ args }: Container, folder: string, podName: string) {
  return args.map((arg) => arg.replaceAll(etc, folder).replaceAll('$(POD_NAME)', podName));
}

/** Variables with values of their own, and those of the case that come from other objects. */
export function environmentOf({ env }: Container): Readonly<Record<string, string>> {
  const own = env.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]]));
  return {
    MONGODB_ATLAS_CLIENT_ID: 'mdb_sa_id_1',
    MONGODB_ATLAS_CLIENT_SECRET: 'mdb_sa_sk_1',
    ...Object.fromEntries(own.filter(([name]) => name !== 'NODE_EXTRA_CA_CERTS')),
  };
}
