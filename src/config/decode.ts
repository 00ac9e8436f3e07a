import { z } from 'zod';
import type { Path } from './problem.ts';
import { nearest, plainWord } from './spelling.ts';

/** What the schema has against a value, in our words; zod's own may repeat the value. */
export type Objection = {
  readonly path: Path;
  readonly message: string;
  /** The key at the end of `path` is itself the fault, not its value: it goes by what holds it. */
  readonly atKey: boolean;
  /** The type that the schema wants, if another was found. */
  readonly wanted: 'boolean' | 'number' | undefined;
};

export type Decoded<Keys> =
  | { readonly kind: 'ok'; readonly keys: Keys }
  | { readonly kind: 'invalid'; readonly objections: readonly Objection[] };

/** Reads values by one schema. */
export type Decoder<Keys> = {
  readonly decode: (input: unknown) => Decoded<Keys>;
  /** As much of a path as the schema has: what follows is the user's text, and may be a secret. */
  readonly knownPath: (path: Path) => Path;
};

export function decoderOf<Keys>(schema: z.ZodType<Keys>): Decoder<Keys> {
  let shape: Shape | undefined;
  const shapeAt = (path: Path): Shape | undefined => {
    shape ??= z.toJSONSchema(schema, { io: 'input' }) as Shape;
    return path.reduce<Shape | undefined>((outer, part) => {
      if (typeof part === 'number') return outer?.items;
      return Object.hasOwn(outer?.properties ?? {}, part) ? outer?.properties?.[part] : undefined;
    }, shape);
  };
  const knownKeys = (path: Path) => Object.keys(shapeAt(path)?.properties ?? {});
  return {
    decode: (input) => {
      // A configuration is read once: compiling a reader for each object costs more than it saves.
      const result = schema.safeParse(input, { error: words, jitless: true });
      if (result.success) return { kind: 'ok', keys: result.data };
      const { issues } = result.error;
      return {
        kind: 'invalid',
        objections: issues.flatMap((issue) => objectionsOf(issue, knownKeys)),
      };
    },
    knownPath: (path) => {
      const end = path.findIndex((_, index) => shapeAt(path.slice(0, index + 1)) === undefined);
      return end === -1 ? path : path.slice(0, end);
    },
  };
}

type Shape = {
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly items?: Shape;
};

function objectionsOf(
  issue: z.core.$ZodIssue,
  knownKeys: (path: Path) => readonly string[],
): readonly Objection[] {
  const path = issue.path.filter((part) => typeof part !== 'symbol');
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(path);
    return issue.keys.map((key) => ({
      path: [...path, key],
      message: unknownKey(key, known),
      atKey: true,
      wanted: undefined,
    }));
  }
  if (issue.code === 'invalid_key') {
    const message = issue.issues[0]?.message ?? 'is not valid';
    return [{ path, message: `a key ${message}`, atKey: true, wanted: undefined }];
  }
  const wanted = issue.code === 'invalid_type' ? scalarTypes[issue.expected] : undefined;
  return [{ path, message: issue.message, atKey: false, wanted }];
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

const typeWords: Readonly<Record<string, string>> = {
  object: 'keys and values',
  record: 'keys and values',
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
