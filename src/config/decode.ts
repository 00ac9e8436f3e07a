import { z } from 'zod';
import type { Path } from './problem.ts';
import { type Keys, schema } from './schema.ts';
import { nearest, plainWord } from './spelling.ts';

/** What the schema has against a value, in our words; zod's own may repeat the value. */
export type Objection = {
  readonly path: Path;
  /** What to name it by: an unknown key goes by the object it stands in. */
  readonly keyPath: Path;
  readonly message: string;
  /** The key at the end of `path` is itself the fault, not its value. */
  readonly atKey: boolean;
  /** The type that the schema wants, if another was found. */
  readonly wanted: 'boolean' | 'number' | undefined;
};

export type Decoded =
  | { readonly kind: 'ok'; readonly keys: Keys }
  | { readonly kind: 'invalid'; readonly objections: readonly Objection[] };

export function decode(input: unknown): Decoded {
  const result = schema.safeParse(input, { error: words });
  return result.success
    ? { kind: 'ok', keys: result.data }
    : { kind: 'invalid', objections: result.error.issues.flatMap(objectionsOf) };
}

function objectionsOf(issue: z.core.$ZodIssue): readonly Objection[] {
  const path = issue.path.filter((part) => typeof part !== 'symbol');
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(path);
    return issue.keys.map((key) => ({
      path: [...path, key],
      keyPath: path,
      message: unknownKey(key, known),
      atKey: true,
      wanted: undefined,
    }));
  }
  const wanted = issue.code === 'invalid_type' ? scalarTypes[issue.expected] : undefined;
  return [{ path, keyPath: path, message: issue.message, atKey: false, wanted }];
}

const scalarTypes: Readonly<Record<string, Objection['wanted']>> = {
  boolean: 'boolean',
  number: 'number',
  int: 'number',
};

function unknownKey(key: string, known: readonly string[]): string {
  const meant = nearest(key, known);
  const hint = meant === undefined ? '' : `; did you mean \`${meant}\`?`;
  return `unknown key${plainWord(key)}${hint}`;
}

type Shape = {
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly items?: Shape;
};

let shape: Shape | undefined;

function shapeAt(path: Path): Shape | undefined {
  shape ??= z.toJSONSchema(schema, { io: 'input' }) as Shape;
  return path.reduce<Shape | undefined>((outer, part) => {
    if (typeof part === 'number') return outer?.items;
    return Object.hasOwn(outer?.properties ?? {}, part) ? outer?.properties?.[part] : undefined;
  }, shape);
}

/** The keys that may stand in the object at a path. */
function knownKeys(path: Path): readonly string[] {
  return Object.keys(shapeAt(path)?.properties ?? {});
}

/** As much of a path as the schema has: what follows is the user's text, and may be a secret. */
export function knownPath(path: Path): Path {
  const end = path.findIndex((_, index) => shapeAt(path.slice(0, index + 1)) === undefined);
  return end === -1 ? path : path.slice(0, end);
}

const typeWords: Readonly<Record<string, string>> = {
  object: 'keys and values',
  array: 'a list',
  string: 'a string',
  boolean: 'true or false',
  number: 'a number',
  int: 'a whole number',
};

/** What was found, by type only. */
function found(input: unknown): string {
  if (input === null) return 'nothing';
  if (Array.isArray(input)) return 'a list';
  if (typeof input === 'boolean') return 'a boolean';
  return typeWords[typeof input] ?? 'something else';
}

/** The same, for a number where only some numbers will do. */
function unlike(expected: string, input: unknown): string {
  if (typeof input !== 'number' || expected === 'string') return found(input);
  if (!Number.isFinite(input)) return 'a number that is not finite';
  return expected === 'int' ? 'a fraction or a very large number' : found(input);
}

const words: z.core.$ZodErrorMap = (issue) => {
  const { input } = issue;
  switch (issue.code) {
    case 'invalid_type': {
      if (input === undefined) return 'is required';
      // Atlas ids may look like numbers, and YAML has read `5e11…` before anyone could say so.
      const quote = issue.expected === 'string' && typeof input !== 'object' ? '; quote it' : '';
      const expected = typeWords[issue.expected] ?? 'something else';
      return `expected ${expected}, found ${unlike(issue.expected, input)}${quote}`;
    }
    case 'invalid_value':
      return typeof input === 'string'
        ? `must be one of ${issue.values.join(', ')}`
        : `expected one of ${issue.values.join(', ')}, found ${found(input)}`;
    case 'too_small':
      if (issue.origin === 'string') return 'must not be empty';
      if (issue.origin === 'array') return 'must have at least one entry';
      return `must be at least ${issue.minimum}`;
    case 'too_big':
      if (issue.origin === 'string') return `must have at most ${issue.maximum} characters`;
      if (issue.origin === 'array') return `must have at most ${issue.maximum} entries`;
      return `must be at most ${issue.maximum}`;
    default:
      return 'is not valid';
  }
};
