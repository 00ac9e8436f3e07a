import { z } from 'zod';
import type { Endpoint } from '../../src/web/api/endpoint.ts';
import { endpoints } from '../../src/web/api/endpoints.ts';
import { code, origin, table } from '../markdown.ts';

const introduction = `# JSON API

<!-- ${origin('docs', 'the schemas in src/web/api')} -->

The data of the pages for programs: from the same poll as \`/metrics\`, evaluated at the time of the
response. All requests are \`GET\`, with the same authentication as the pages.

**Version.** Responses under \`/api/v1\` have \`schema_version\` 1. Within it, keys and enum values may be
added; nothing changes its meaning or is removed.

**Absent.** A key marked *optional* is left out when its value is not known; no value is null. A 0 is a
value that was read.

**Times** are in UTC, in RFC 3339: \`2026-08-10T03:28:08Z\`, with milliseconds where they are not whole
seconds. Sizes are in bytes and durations in seconds.

**Command line.** \`snapshots list --output json\` prints \`schema_version\`, \`now\` and \`snapshots\`, a list of
the records below; \`snapshots get\` has one of them as \`snapshot\`.

**Errors.** 400 for a parameter that is unknown, repeated or has an invalid value; 404 for an unknown
object. Their texts are constant.
`;

/** The reference of all endpoints, as Markdown. */
export function apiReference(): string {
  return [introduction, ...Object.values(endpoints).map(endpointText)].join('\n');
}

function endpointText({ path, about, parameters, schema }: Endpoint): string {
  const taken = Object.entries(parameters.shape).map(([name, parameter]) => [
    code(name),
    described(parameter),
  ]);
  return [
    `## ${code(path.replaceAll(/:(\w+)/g, '{$1}'))}`,
    '',
    about,
    '',
    ...(taken.length === 0 ? [] : [table(['Parameter', 'Meaning'], taken)]),
    table(['Key', 'Type', 'Meaning'], rowsOf(z.toJSONSchema(schema), '')),
  ].join('\n');
}

function described(parameter: unknown): string {
  return parameter instanceof z.ZodType ? (parameter.description ?? '') : '';
}

type Json = z.core.JSONSchema.BaseSchema;

/** One row a key, those inside it below it. */
function rowsOf(schema: Json, above: string): readonly (readonly string[])[] {
  const required = new Set(schema.required);
  return Object.entries(schema.properties ?? {}).flatMap(([name, one]) => {
    if (typeof one === 'boolean') return [];
    const key = `${above}${name}`;
    const type = `${typeOf(one)}${required.has(name) ? '' : ', optional'}`;
    const inner = one.type === 'array' && isSchema(one.items) ? one.items : one;
    const below = `${key}${one.type === 'array' ? '[]' : ''}.`;
    return [[code(key), type, meaning(one)], ...rowsOf(inner, below)];
  });
}

function typeOf(schema: Json): string {
  if (schema.const !== undefined) return code(JSON.stringify(schema.const));
  if (schema.format === 'date-time') return 'time';
  if (schema.type === 'array') return 'list';
  if (schema.type === 'object' && schema.properties === undefined)
    return `${isSchema(schema.additionalProperties) ? schema.additionalProperties.type : 'value'}s by name`;
  return schema.enum === undefined ? String(schema.type) : 'word';
}

function meaning(schema: Json): string {
  const names = isSchema(schema.propertyNames) ? schema.propertyNames.enum : schema.enum;
  const words = names?.map((word) => code(String(word))).join(', ');
  return [schema.description, words && `One of ${words}.`].filter(Boolean).join(' ');
}

function isSchema(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
