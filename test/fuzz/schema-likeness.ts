import fc from 'fast-check';
import { start } from '../simulator/client.ts';
import { hostileText } from './likeness.ts';

/** As much of an OpenAPI schema as counts for the shape of a value. */
export type Schema = {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly format?: string;
  readonly nullable?: boolean;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly allOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
};
export type Schemas = Readonly<Record<string, Schema>>;

const date = fc
  .integer({ min: Date.UTC(2012, 0) / 1000, max: start })
  .map((seconds) => new Date(seconds * 1000).toISOString().replace('.000Z', 'Z'));
const id = fc.stringMatching(/^[a-f0-9]{24}$/);
const mostDepth = 6;

/** Values that a schema allows; of `needed` properties no object at the top lacks one. */
export function allowedBy(
  schemas: Schemas,
  schema: Schema,
  needed: readonly string[] = [],
  depth = 0,
): fc.Arbitrary<unknown> {
  const inner = (one: Schema) => allowedBy(schemas, one, [], depth + 1);
  if (schema.$ref !== undefined) {
    const named = schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {};
    return allowedBy(schemas, named, needed, depth);
  }
  if (schema.nullable === true) {
    return fc.option(allowedBy(schemas, { ...schema, nullable: false }, needed, depth));
  }
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  if (schema.oneOf !== undefined) return fc.oneof(...schema.oneOf.map(inner));
  if (schema.properties !== undefined || schema.allOf !== undefined) {
    const parts = [schema, ...(schema.allOf ?? []).map((one) => resolved(schemas, one))];
    const all = Object.assign({}, ...parts.map(({ properties = {} }) => properties));
    const kept = Object.entries<Schema>(all).filter(
      ([key]) => depth < mostDepth || needed.includes(key),
    );
    const fields = Object.fromEntries(kept.map(([key, one]) => [key, inner(one)]));
    const always = [...needed, ...parts.flatMap(({ required = [] }) => required)];
    return fc.record(fields, {
      requiredKeys: Object.keys(fields).filter((key) => always.includes(key)),
    });
  }
  switch (schema.type) {
    case 'array':
      return depth < mostDepth
        ? fc.array(inner(schema.items ?? {}), { maxLength: 2 })
        : fc.constant([]);
    case 'integer':
      return fc.nat();
    case 'number':
      return fc.double({ min: 0, max: 1e12, noNaN: true });
    case 'boolean':
      return fc.boolean();
    case 'string':
      if (schema.format === 'date-time') return date;
      return schema.pattern === '^([a-f0-9]{24})$' ? id : hostileText;
    default:
      return fc.jsonValue({ maxDepth: 1 });
  }
}

function resolved(schemas: Schemas, schema: Schema): Schema {
  return schema.$ref === undefined ? schema : (schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {});
}
