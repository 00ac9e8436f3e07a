import { LineCounter, parseDocument } from 'yaml';
import type { Decoded, Decoder, Objection } from './decode.ts';
import { tooDeepAt } from './nesting.ts';
import { inOrder, keyText, type Path, type Problem } from './problem.ts';
import type { Environment } from './substitute.ts';
import { syntaxFault } from './syntax.ts';
import { growTree, type Mark, markAt, type Tree } from './tree.ts';

type Read<Keys> =
  | {
      readonly kind: 'ok';
      readonly keys: Keys;
      /** Whether the file itself gives a value to this key. */
      readonly states: (path: Path) => boolean;
      /** A problem at the place of this key, or of the nearest thing above it that the file has. */
      readonly problemAt: (path: Path, message: string) => Problem;
    }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] };

/** What a kind of file may say. */
type Language<Keys> = {
  readonly decoder: Decoder<Keys>;
  /** Fills `${VAR}` in; undefined: texts are taken as they stand. */
  readonly env: Environment | undefined;
  /** What to do about an empty file. */
  readonly hint: string;
};

const mostBytes = 1024 * 1024;
const mostDepth = 50;

/** Offsets become problems in one file. */
type Blame = (offset: number, path: Path, message: string) => Problem;

/** The keys of a file, or every problem of the first stage that fails: size, depth, YAML, keys. */
export function keysOf<Keys>(
  bytes: Uint8Array,
  file: string,
  language: Language<Keys>,
): Read<Keys> {
  const whole = (message: string): Read<Keys> => {
    return invalid([{ file, line: undefined, column: undefined, key: '', message }]);
  };
  if (bytes.length > mostBytes) return whole('is larger than 1 MiB');
  const text = utf8(bytes);
  if (text === undefined) return whole('is not UTF-8 text');

  const lines = new LineCounter();
  const blame: Blame = (offset, path, message) => {
    const { line, col } = lines.linePos(offset);
    return {
      file,
      line: Math.max(line, 1),
      column: Math.max(col, 1),
      key: keyText(language.decoder.knownPath(path)),
      message,
    };
  };
  const deep = tooDeepAt(text, mostDepth);
  if (deep !== undefined) {
    for (const { index } of text.matchAll(/^/gm)) lines.addNewLine(index);
    return invalid([blame(deep, [], `nests deeper than ${mostDepth} levels`)]);
  }
  // No pretty errors: they quote the source. Repeated keys are found in the tree, in linear time.
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: false,
  });
  const faults = [...document.errors, ...document.warnings];
  if (faults.length > 0) {
    return invalid(oneALine(faults.map(({ code, pos }) => blame(pos[0], [], syntaxFault(code)))));
  }
  return judged(growTree(document, language.env, mostDepth), language, blame);
}

function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** One slip of syntax often makes several errors in its line. */
function oneALine(problems: readonly Problem[]): readonly Problem[] {
  const first = new Map(problems.toReversed().map((problem) => [problem.line, problem]));
  return problems.filter((problem) => first.get(problem.line) === problem);
}

function judged<Keys>(tree: Tree, { decoder, hint }: Language<Keys>, blame: Blame): Read<Keys> {
  const { mark, faults } = tree;
  const decoded = retyped(tree, decoder);
  const problems = faults.map(({ offset, path, message }) => blame(offset, path, message));
  if (decoded.kind === 'ok') {
    if (problems.length > 0) return invalid(problems);
    return {
      ...decoded,
      states: (path) => markAt(mark, path).exact,
      problemAt: (path, message) => blame(markAt(mark, path).mark.offset, path, message),
    };
  }
  if (tree.value === null && problems.length === 0) {
    return invalid([blame(mark.offset, [], `is empty; ${hint}`)]);
  }
  const objections = decoded.objections
    .filter(({ path, atKey }) => atKey || !isKnownFault(mark, path))
    .map((objection) => blame(offsetOf(mark, objection), objection.keyPath, objection.message));
  return invalid([...problems, ...objections]);
}

/**
 * Text from a variable stays text (an id of digits needs no quotes), unless its key wants a number
 * or a boolean: then digits are read as a number, and `true` and `false` as a boolean.
 */
function retyped<Keys>(tree: Tree, { decode }: Decoder<Keys>): Decoded<Keys> {
  const first = decode(tree.value);
  if (first.kind === 'ok') return first;
  const value = first.objections.reduce<unknown>((whole, { path, wanted }) => {
    const isText = wanted !== undefined && markAt(tree.mark, path).mark.state === 'substituted';
    return isText ? replaced(whole, path, (text) => reread(text, wanted)) : whole;
  }, tree.value);
  return value === tree.value ? first : decode(value);
}

function reread(text: unknown, wanted: 'boolean' | 'number'): unknown {
  if (wanted === 'boolean') return text === 'true' ? true : text === 'false' ? false : text;
  return typeof text === 'string' && /^-?\d{1,15}$/.test(text) ? Number(text) : text;
}

function replaced(whole: unknown, path: Path, change: (value: unknown) => unknown): unknown {
  const [part, ...rest] = path;
  if (part === undefined) return change(whole);
  if (Array.isArray(whole)) {
    return whole.map((item, index) => (index === part ? replaced(item, rest, change) : item));
  }
  if (typeof whole !== 'object' || whole === null) return whole;
  return Object.fromEntries(
    Object.entries(whole).map(([key, item]) => [
      key,
      key === part ? replaced(item, rest, change) : item,
    ]),
  );
}

/** A value that could not be read at all must not be called a wrong type as well. */
function isKnownFault(root: Mark, path: Path): boolean {
  const above = [[], ...path.map((_, index) => path.slice(0, index + 1))];
  return above.some((part) => markAt(root, part).mark.state === 'unusable');
}

/** A wrong value points at itself, an unknown key at the key, a missing one at what lacks it. */
function offsetOf(root: Mark, { path, atKey }: Objection): number {
  if (!atKey) return markAt(root, path).mark.offset;
  const parent = markAt(root, path.slice(0, -1)).mark;
  return parent.children.get(path.at(-1) ?? '')?.keyOffset ?? parent.offset;
}

function invalid(problems: readonly Problem[]): Read<never> {
  return { kind: 'invalid', problems: inOrder(problems) };
}
