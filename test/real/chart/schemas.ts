import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { operators } from './operators.ts';
import type { Manifest } from './shapes.ts';

const module = z.record(z.string(), z.unknown());
type Model = new (manifest: Manifest) => { readonly validate: () => void };

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
  try {
    new (model as Model)(manifest).validate();
    return undefined;
  } catch (error) {
    return String(error);
  }
}
