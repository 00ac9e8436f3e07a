import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { formatProblems } from '../../src/config/problem.ts';
import { cipherSuites, curves } from '../../src/config/web/ciphers.ts';
import { webSchema } from '../../src/config/web/schema.ts';
import { loadWebConfig, type WebConfig } from '../../src/exporter/web-access.ts';
import { opensslInstalled } from '../openssl.ts';
import { newAuthority, testFolder } from '../web/listening/certificates.ts';

const read = (file: string) => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
const example = read('web-config.example.yaml');
const docs = read('docs/web-config.md');

/** Loads a text beside certificates of the names that the example and the documentation use. */
async function loaded(text: string): Promise<WebConfig> {
  const folder = testFolder();
  const ca = newAuthority(folder, 'ca');
  const { cert, key } = ca.issue('tls');
  const files: Readonly<Record<string, string>> = {
    'tls.crt': cert,
    'tls.key': key,
    'clients-ca.crt': ca.cert,
  };
  const result = await loadWebConfig(join(folder, 'web.yaml'), async (path) => {
    const name = path.slice(folder.length + 1);
    return name === 'web.yaml' ? Buffer.from(text) : readFileSync(files[name] ?? name);
  });
  if (result.kind === 'invalid') throw new Error(formatProblems(result.problems));
  return result.web;
}

type Shape = {
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly description?: string;
};

/** Every key that can be named: users have names of their own. */
function keysOf(shape: Shape, path: readonly string[] = []): readonly (readonly string[])[] {
  return Object.entries(shape.properties ?? {}).flatMap(([key, inner]) => [
    [...path, key],
    ...keysOf(inner, [...path, key]),
  ]);
}

const root = z.toJSONSchema(webSchema, { io: 'input' }) as Shape;
const keys = keysOf(root).filter(([first]) => first !== 'rate_limit');
/** With the keys that are off (`#key:`) switched on; prose has a space after its `#`. */
const whole: unknown = parse(example.replaceAll(/^( *)#(?=\S)/gm, '$1'));

describe('the example', () => {
  test.skipIf(!opensslInstalled)('is a web configuration that works', async () => {
    const { settings, tls } = await loaded(example);
    expect(settings.value.users.size).toBe(1);
    expect(tls?.value.client.names).toEqual(['prometheus.example.net']);
  });

  test.each(keys.map((path) => ({ path, key: path.join('.') })))('names $key', ({ path }) => {
    const stated = path.reduce<unknown>(
      (value, part) => (value as Record<string, unknown> | undefined)?.[part],
      whole,
    );
    expect(stated).not.toBeUndefined();
  });

  test('every key has one sentence of documentation', () => {
    const at = (path: readonly string[]) =>
      path.reduce<Shape | undefined>((shape, part) => shape?.properties?.[part], root);
    for (const path of keysOf(root)) expect(at(path)?.description).toMatch(/^[A-Z].*\.$/);
  });
});

describe('the documentation', () => {
  test.skipIf(!opensslInstalled)('has examples that work', async () => {
    const blocks = [...docs.matchAll(/```yaml\n(tls_server_config:\n.*?)```/gs)];
    expect(blocks).toHaveLength(2);
    const hash = /\$2y\$10\$[./\w]{53}/.exec(example)?.[0] ?? '';
    for (const [, text = ''] of blocks) await loaded(text.replace('$2y$10$…', hash));
  });

  test('names every cipher suite, and the example every curve', () => {
    for (const suite of cipherSuites) expect(docs).toContain(`\`${suite}\``);
    for (const curve of curves) expect(example).toContain(curve);
  });
});
