import { z } from 'zod';
import { schema } from '../../src/config/schema.ts';
import {
  type CollectorFacts,
  collectorFacts,
  collectorNames,
} from '../../src/domain/collectors.ts';
import { span } from '../../src/domain/units.ts';
import { code, origin, table } from '../markdown.ts';

const introduction = `# Configuration

<!-- ${origin('docs', 'src/config/schema.ts')} -->

One YAML file, given with \`--config.file\`; [config.example.yaml](../config.example.yaml) shows every key
in its place. \`check\` reports every problem in a file with its place, without calling Atlas;
\`check --online\` also tries the credentials. A running exporter reloads the file on SIGHUP.

- **Durations** have a unit: \`30s\`, \`5m\`, \`1h30m\`, \`2d\`.
- **Ids** are strings: quote them.
- **Variables**: in any string \`\${VAR}\` is replaced by an environment variable, \`\${VAR:-text}\` by the
  text if it is unset or empty, and \`$$\` by a dollar sign. A variable that is not set is an error.
- **Secrets** can be read from files: each has a key that ends in \`_file\`. The file is read again when
  its content changes, and after Atlas rejected the old secret. Secrets are never shown.
- **Without a file**, the variables \`MONGODB_ATLAS_CLIENT_ID\` and \`MONGODB_ATLAS_CLIENT_SECRET\`, or
  \`MONGODB_ATLAS_PUBLIC_API_KEY\` and \`MONGODB_ATLAS_PRIVATE_API_KEY\`, are enough.
- **Unknown keys** are errors, so that a misspelt one is noticed.

TLS, passwords and headers of the exporter's own port are in [another file](web-config.md).
`;

const shape = z.object({
  type: z.string().optional(),
  description: z.string().optional(),
  default: z.unknown().optional(),
  usually: z.string().optional(),
  /** In words, where the type alone does not say. */
  values: z.string().optional(),
  maxItems: z.number().optional(),
  enum: z.array(z.string()).optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  const: z.unknown().optional(),
  get properties() {
    return z.record(z.string(), shape).optional();
  },
  get items() {
    return shape.optional();
  },
});
type Shape = z.infer<typeof shape>;

/** The reference of all keys, as Markdown. */
export function configurationPage(): string {
  const described = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  const sections = Object.entries(shape.parse(described).properties ?? {});
  const keys = sections.map(([key, section]) => sectionText(key, section));
  return [introduction, ...keys, collectorSection()].join('\n');
}

/** What each collector reads, how often, and what it needs in Atlas for that. */
function collectorSection(): string {
  const rows = collectorNames.map((name) => {
    const facts: CollectorFacts = collectorFacts[name];
    const { about, scope, everySeconds, role } = facts;
    const often = everySeconds === 'poll' ? 'decided with every poll' : span(everySeconds);
    const on = everySeconds === 'poll' ? 'always' : facts.default ? 'by default' : 'if switched on';
    return [code(name), about, scope, often, role, on];
  });
  const heads = ['Collector', 'Reads', 'Of each', 'About every', 'Role in Atlas', 'On'];
  return `## Collectors\n\nWhat is read from Atlas, and what that needs:\n\n${table(heads, rows)}`;
}

function sectionText(key: string, section: Shape): string {
  const list = section.type === 'array';
  const rows = leaves(section.items ?? section).map(([path, leaf]) => [
    code(path),
    defaultText(leaf),
    valuesText(leaf),
    leaf.description ?? '',
  ]);
  const heading = list ? `## ${key}\n\nA list; the keys of each entry:\n` : `## ${key}\n`;
  return `${heading}\n${table(['Key', 'Default', 'Values', 'Meaning'], rows)}`;
}

/** Every key that has a value of its own, by its path from here. */
function leaves(of: Shape, path = ''): readonly (readonly [path: string, leaf: Shape])[] {
  return Object.entries(of.properties ?? {}).flatMap(([key, inner]) => {
    const at = path === '' ? key : `${path}.${key}`;
    if (inner.properties !== undefined) return leaves(inner, at);
    return inner.items?.properties === undefined ? [[at, inner]] : leaves(inner.items, `${at}[]`);
  });
}

function defaultText({ default: value, usually }: Shape): string {
  if (usually !== undefined) return code(usually);
  return value === undefined ? '' : code(JSON.stringify(value).replaceAll(/^"(.+)"$/g, '$1'));
}

function valuesText(leaf: Shape): string {
  const { type, enum: words, minimum, maximum, values } = leaf;
  if (values !== undefined) return values;
  if (leaf.const !== undefined || leaf.maxItems === 0) return 'not in this version';
  if (words !== undefined) return words.map(code).join(', ');
  if (minimum !== undefined && maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER) {
    return `${minimum} to ${maximum}`;
  }
  const names: Readonly<Record<string, string>> = {
    boolean: '`true`, `false`',
    array: 'a list',
    integer: minimum === undefined ? 'a number' : `from ${minimum}`,
  };
  return names[type ?? ''] ?? 'text';
}
