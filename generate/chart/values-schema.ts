import { z } from 'zod';
import { type Documented, isObject } from './documented.ts';
import { configJsonSchema, type JsonSchema, webConfigJsonSchema } from './json-schema.ts';
import { values } from './values.ts';

/** values.schema.json: the types of the values, with the words and defaults of values.yaml. */
export function valuesSchema(keys: readonly Documented[]): string {
  const shape = z.toJSONSchema(values, { io: 'input', target: 'draft-7' }) as JsonSchema;
  const { required: _, ...root } = withWords(shape, keys, []);
  const whole = changedAt(root, ['config'], () => chartConfig());
  const schema = changedAt(whole, ['web', 'config'], () => chartWebConfig());
  const { properties, ...rest } = schema;
  return `${JSON.stringify(
    {
      ...rest,
      properties: {
        ...inner(schema, 'properties'),
        // What a chart above this one may hand down.
        global: { type: 'object' },
        enabled: { type: 'boolean', description: 'For the condition of a chart above this one.' },
      },
    },
    undefined,
    2,
  )}\n`;
}

/** Values of ours are always there, so none is required of the user. */
function withWords(
  shape: JsonSchema,
  keys: readonly Documented[],
  path: readonly string[],
): JsonSchema {
  const own = keys.find((key) => key.path.join('.') === path.join('.'));
  const isLeaf = shape['properties'] === undefined;
  const words = own === undefined || own.about === '' ? {} : { description: own.about };
  const usual = own === undefined || !isLeaf ? {} : { default: own.defaultValue };
  if (isLeaf || (own === undefined && path.length > 0)) return { ...shape, ...words, ...usual };
  const { required: _, ...rest } = shape;
  const properties = Object.entries(inner(shape, 'properties')).map(([key, value]) => [
    key,
    isObject(value) ? withWords(value, keys, [...path, key]) : value,
  ]);
  return { ...rest, ...words, properties: Object.fromEntries(properties) };
}

/** The keys of the exporter, narrowed: a ConfigMap holds no secrets, and the chart has to read some. */
function chartConfig(): JsonSchema {
  const { required: _, ...config } = configJsonSchema();
  const named = '^\\$\\{[A-Za-z_][A-Za-z0-9_]*\\}$';
  const credentials = ['accounts', '[]', 'auth'];
  return [
    { path: [...credentials, 'service_account', 'client_secret'], pattern: named },
    { path: [...credentials, 'api_key', 'private_key'], pattern: named },
    { path: ['accounts', '[]', 'proxy_url'], pattern: '^[^@]*$|\\$\\{' },
    { path: ['web', 'listen_address'], pattern: '^[^/]*:[1-9][0-9]{0,4}$' },
    { path: ['web', 'telemetry_path'], pattern: '^/[A-Za-z0-9_.~/-]*$' },
  ].reduce<JsonSchema>(
    (schema, { path, pattern }) => changedAt(schema, path, (old) => ({ ...old, pattern })),
    config,
  );
}

/** Certificate and key can come from `web.tls`. */
function chartWebConfig(): JsonSchema {
  return changedAt(webConfigJsonSchema(), ['tls_server_config'], ({ allOf: _, ...tls }) => tls);
}

/** With another schema at a path of keys; `[]` is for the items of a list. */
function changedAt(
  schema: JsonSchema,
  [key, ...rest]: readonly string[],
  change: (old: JsonSchema) => JsonSchema,
): JsonSchema {
  if (key === undefined) return change(schema);
  if (key === '[]') return { ...schema, items: changedAt(inner(schema, 'items'), rest, change) };
  const properties = inner(schema, 'properties');
  return {
    ...schema,
    properties: { ...properties, [key]: changedAt(inner(properties, key), rest, change) },
  };
}

function inner(schema: JsonSchema, key: string): JsonSchema {
  const value = schema[key];
  if (!isObject(value)) throw new Error(`the schema has no ${key}`);
  return value;
}
