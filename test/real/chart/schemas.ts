import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { operators } from './operators.ts';
import type { Manifest } from './shapes.ts';

const module = z.record(z.string(), z.unknown());
type Model = { readonly validate: () => void };
type ModelClass = { readonly prototype: Model };

/** What the schemas of its kind have against an object; undefined: nothing. */
export async function objection(models: string, manifest: Manifest): Promise<string | undefined> {
  const { apiVersion, kind } = manifest;
  const own = operators.get(kind)?.safeParse(manifest);
  if (own !== undefined) return own.success ? undefined : z.prettifyError(own.error);
  const packages = apiVersion.includes('monitoring.coreos.com')
    ? '@kubernetes-models/prometheus-operator'
    : 'kubernetes-models';
  const file = join(models, 'node_modules', packages, apiVersion, `${kind}.js`);
  const { [kind]: model } = module.parse(await import(pathToFileURL(file).href));
  // Not by its constructor, which looks at everything in order to copy it.
  const object: Model = Object.assign(Object.create((model as ModelClass).prototype), manifest);
  const { watched, untouched } = watch(object);
  try {
    watched.validate();
  } catch (error) {
    return String(error);
  }
  const unknown = untouched();
  return unknown.length === 0 ? undefined : `no schema knows ${unknown.join(', ')}`;
}

/** These schemas let unknown fields pass; but what they know they look at, and the rest they do not. */
function watch<T extends object>(whole: T) {
  const paths = new Set<string>();
  const watchers = new Map<object, object>();
  const watched = <Value extends object>(value: Value, path: string): Value => {
    const known = watchers.get(value);
    if (known !== undefined) return known as Value;
    for (const key of Object.keys(value)) paths.add(`${path}/${key}`);
    const watcher = new Proxy(value, {
      get: (target, key) => {
        const inner: unknown = Reflect.get(target, key);
        if (typeof key === 'symbol') return inner;
        paths.delete(`${path}/${key}`);
        const isObject = typeof inner === 'object' && inner !== null;
        return isObject ? watched(inner, `${path}/${key}`) : inner;
      },
    });
    watchers.set(value, watcher);
    return watcher;
  };
  return { watched: watched(whole, ''), untouched: () => [...paths] };
}
