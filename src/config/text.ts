import { type Document, LineCounter, parseDocument } from 'yaml';
import type { Decoder } from './decode.ts';
import { tooDeepAt } from './nesting.ts';
import { type Checked, invalid, keyText, type Path, type Problem } from './problem.ts';
import type { Environment } from './substitute.ts';
import { syntaxFault } from './syntax.ts';
import { utf8 } from './utf8.ts';
import { maxDepth, pathKey, valuesOf } from './values.ts';

type Read<Keys> = Checked<{
  readonly keys: Keys;
  /** Whether the file itself gives a value to this key. */
  readonly states: (path: Path) => boolean;
  /** A problem at the place of this key, or of the nearest thing above it that the file has. */
  readonly problemAt: (path: Path, message: string) => Problem;
}>;

/** What a kind of file may say. */
type Language<Keys> = {
  readonly decoder: Decoder<Keys>;
  /** Fills `${VAR}` in; undefined: texts are taken as they stand. */
  readonly env: Environment | undefined;
  /** What to do about an empty file. */
  readonly hint: string;
};

const maxBytes = 1024 * 1024;

/** Offsets become problems in one file. */
type Blame = (offset: number, path: Path, message: string) => Problem;

/** The keys of a file, or every problem of the first stage that fails: size, depth, YAML, keys. */
export function keysOf<Keys>(
  bytes: Uint8Array,
  file: string,
  language: Language<Keys>,
): Read<Keys> {
  const whole = (message: string) => invalid([{ file, key: '', message }]);
  if (bytes.length > maxBytes) return whole('is larger than 1 MiB');
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
  const deep = tooDeepAt(text, maxDepth);
  if (deep !== undefined) {
    for (const { index } of text.matchAll(/^/gm)) lines.addNewLine(index);
    return invalid([blame(deep, [], `nests deeper than ${maxDepth} levels`)]);
  }
  // No pretty errors: they quote the source. `valuesOf` finds repeated keys, in linear time.
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: false,
  });
  const faults = [...document.errors, ...document.warnings];
  if (faults.length > 0) {
    return invalid(oneALine(faults.map(({ code, pos }) => blame(pos[0], [], syntaxFault(code)))));
  }
  return judged(document, language, blame);
}

/** One slip of syntax often makes several errors in its line. */
function oneALine(problems: readonly Problem[]): readonly Problem[] {
  const first = new Map(problems.toReversed().map((problem) => [problem.line, problem]));
  return problems.filter((problem) => first.get(problem.line) === problem);
}

function judged<Keys>(
  document: Document.Parsed,
  language: Language<Keys>,
  blame: Blame,
): Read<Keys> {
  const { values, result } = decoded(document, language);
  const { value, faults, placeAt } = values;
  const problems = faults.map(({ offset, path, message }) => blame(offset, path, message));
  if (result.kind === 'ok') {
    if (problems.length > 0) return invalid(problems);
    return {
      ...result,
      states: (path) => placeAt(path).exact,
      problemAt: (path, message) => blame(placeAt(path).offset, path, message),
    };
  }
  if (value === null && problems.length === 0) {
    return invalid([blame(placeAt([]).offset, [], `is empty; ${language.hint}`)]);
  }
  // A wrong value is at itself, an unknown key at the key, a missing one at what lacks it.
  const objections = result.objections
    // A value that could not be read at all must not be called a wrong type as well.
    .filter(({ path, atKey }) => atKey || !placeAt(path).unusable)
    .map(({ path, atKey, message }) => {
      const place = placeAt(path);
      const offset = atKey && place.exact ? place.keyOffset : place.offset;
      return blame(offset, atKey ? path.slice(0, -1) : path, message);
    });
  return invalid([...problems, ...objections]);
}

/** Decodes the document; where a number or a boolean is wanted, a variable may have given its text. */
function decoded<Keys>(document: Document.Parsed, { decoder, env }: Language<Keys>) {
  const values = valuesOf(document, env, new Map());
  const first = decoder.decode(values.value);
  if (first.kind === 'ok') return { values, result: first };
  const wanted = new Map(
    first.objections.flatMap(({ path, wanted }) => (wanted ? [[pathKey(path), wanted]] : [])),
  );
  if (wanted.size === 0) return { values, result: first };
  return { values, result: decoder.decode(valuesOf(document, env, wanted).value) };
}
