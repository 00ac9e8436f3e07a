import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { schema } from '../../src/config/schema.ts';
import { configOrThrow, load } from './loading.ts';

const example = readFileSync(new URL('../../config.example.yaml', import.meta.url), 'utf8');
/** With the settings that are off (`#key:`) switched on; prose has a space after its `#`. */
const whole: unknown = parse(example.replaceAll(/^( *)#(?=\S)/gm, '$1'));

type Shape = {
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly items?: Shape;
  readonly default?: unknown;
  readonly usually?: unknown;
  readonly description?: string;
};
type Leaf = { readonly path: readonly (string | number)[]; readonly shape: Shape };

function leavesOf(shape: Shape, path: Leaf['path']): readonly Leaf[] {
  if (shape.items?.properties !== undefined && shape.default === undefined) {
    return leavesOf(shape.items, [...path, 0]);
  }
  if (shape.properties === undefined) return [{ path, shape }];
  return Object.entries(shape.properties).flatMap(([key, inner]) =>
    leavesOf(inner, [...path, key]),
  );
}

/** A default that depends on other keys is `usually`: zod drops `default` where text is read. */
const defaultOf = (shape: Shape): unknown => shape.default ?? shape.usually;

function stated(path: Leaf['path']): unknown {
  return path.reduce<unknown>(
    (value, part) => (value as Record<string | number, unknown> | undefined)?.[part],
    whole,
  );
}

const root = z.toJSONSchema(schema, { io: 'input' }) as Shape;
const leaves = leavesOf(root, []).map((leaf) => ({ ...leaf, key: leaf.path.join('.') }));

const env = { MONGODB_ATLAS_CLIENT_ID: 'mdb_sa_id_1', MONGODB_ATLAS_CLIENT_SECRET: 'mdb_sa_sk_1' };

test('the example is a configuration that works once its variables are set', async () => {
  const loaded = await load(example, env);
  expect(loaded).toMatchObject({ kind: 'ok', warnings: [] });
});

test('the example is what a file with nothing but credentials gives', async () => {
  const least = `accounts:
  - auth:
      service_account:
        client_id: \${MONGODB_ATLAS_CLIENT_ID}
        client_secret: \${MONGODB_ATLAS_CLIENT_SECRET}
`;
  const config = configOrThrow(await load(least, env));
  expect(JSON.stringify(configOrThrow(await load(example, env)))).toBe(JSON.stringify(config));
});

test('stating the defaults that depend on other keys changes nothing', async () => {
  const stating = example.replaceAll(/^ {2}#(?=\w+:)/gm, '  ');
  expect(stating).not.toBe(example);
  const config = configOrThrow(await load(stating, env));
  expect(JSON.stringify(configOrThrow(await load(example, env)))).toBe(JSON.stringify(config));
});

test('every key has a default, or is a credential, or a way to Atlas, or belongs to an override', () => {
  const without = leaves.filter(({ shape }) => defaultOf(shape) === undefined);
  for (const { key } of without) expect(key).toMatch(/^accounts\.0\.(auth\.|proxy_url|ca_file)/);
});

test.each(leaves)('the example names $key', ({ path }) => {
  expect(stated(path)).not.toBeUndefined();
});

test.each(leaves.filter(({ shape }) => defaultOf(shape) !== undefined))(
  'the example states the default of $key',
  ({ path, shape }) => {
    expect(stated(path)).toEqual(defaultOf(shape));
  },
);

test('the example shows in a comment what an override looks like', async () => {
  const shown = example
    .replace('  overrides: []\n', '')
    .replaceAll(/^ {2}# (overrides:| {2}- match:| {4}rpo:)/gm, '  $1');
  const { objectives } = configOrThrow(await load(shown, env));
  expect(objectives.overrides).toEqual([
    { match: 'billing/*', rpoSeconds: 43_200 },
    { match: 'sandbox/*', rpoSeconds: 'none' },
  ]);
});

test('the example names nothing that is not a key', () => {
  const named: unknown[] = [];
  const walk = (value: unknown, path: readonly (string | number)[]): void => {
    if (Array.isArray(value)) {
      value.forEach((item, index) => {
        walk(item, [...path, index]);
      });
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) walk(inner, [...path, key]);
    } else {
      named.push(path.filter((part, at) => at < path.length - 1 || typeof part === 'string'));
    }
  };
  walk(whole, []);
  const known = leaves.map(({ path }) => path);
  for (const path of named) expect(known).toContainEqual(path);
});

test('every key has one sentence of documentation', () => {
  const undocumented: string[] = [];
  const walk = (shape: Shape, path: string): void => {
    for (const [key, inner] of Object.entries(shape.properties ?? {})) {
      if (!inner.description?.endsWith('.')) undocumented.push(`${path}.${key}`);
      walk(inner, `${path}.${key}`);
    }
    if (shape.items !== undefined) walk(shape.items, `${path}[]`);
  };
  walk(root, '');
  expect(undocumented).toEqual([]);
});
