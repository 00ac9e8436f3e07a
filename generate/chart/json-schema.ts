import { z } from 'zod';
import { schema } from '../../src/config/schema.ts';
import { webSchema } from '../../src/config/web/schema.ts';

export type JsonSchema = { readonly [keyword: string]: unknown };

/** Somewhere in the text a variable is named: what it holds is known only where the program runs. */
const variable = '\\$\\{[A-Za-z_][A-Za-z0-9_]*(:-[^}]*)?\\}';

/** What the configuration may be, as JSON Schema draft-07; a variable may stand for any value. */
export function configJsonSchema(): JsonSchema {
  return mapped(draft7(schema), withVariables);
}

/** What the web configuration may be; it knows no variables. */
export function webConfigJsonSchema(): JsonSchema {
  return draft7(webSchema);
}

function draft7(source: z.ZodType): JsonSchema {
  const { $schema: _, ...shape } = z.toJSONSchema(source, {
    io: 'input',
    target: 'draft-7',
    unrepresentable: 'any',
  });
  return mapped(shape, usuallyInWords);
}

/** A default that depends on other keys is for people, not for what fills defaults in. */
function usuallyInWords({ usually, values: _, ...shape }: JsonSchema): JsonSchema {
  return usually === undefined
    ? shape
    : { ...shape, description: `${shape['description']} Usually ${usually}.` };
}

/** A keyword counts only for values of its own type, but for `enum` and `const`. */
function withVariables(shape: JsonSchema): JsonSchema {
  const { type, enum: words, const: word, pattern, ...rest } = shape;
  if (typeof type !== 'string' || type === 'object' || type === 'array') return shape;
  if (type !== 'string' && word === undefined) {
    return { ...rest, type: [type, 'string'], pattern: variable };
  }
  if (words !== undefined || word !== undefined) {
    const known = words === undefined ? { const: word } : { enum: words };
    return {
      ...rest,
      anyOf: [
        { type, ...known },
        { type: 'string', pattern: variable },
      ],
    };
  }
  return pattern === undefined ? shape : { ...shape, pattern: `(${pattern})|${variable}` };
}

/** Changes every schema within, the innermost first. */
function mapped(shape: JsonSchema, change: (shape: JsonSchema) => JsonSchema): JsonSchema {
  const inner = (value: unknown): unknown => (isSchema(value) ? mapped(value, change) : value);
  return change(
    Object.fromEntries(
      Object.entries(shape).map(([keyword, value]) => {
        if (keyword === 'properties' && isSchema(value)) {
          return [
            keyword,
            Object.fromEntries(Object.entries(value).map(([key, one]) => [key, inner(one)])),
          ];
        }
        if (keyword === 'default') return [keyword, value];
        return [keyword, Array.isArray(value) ? value.map(inner) : inner(value)];
      }),
    ),
  );
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
