/** The keys and indexes that lead to a value: `['accounts', 0, 'auth']`. */
export type Path = readonly (string | number)[];

/** One thing to mend. Holds no value of the configuration, so it is safe to print and log. */
export type Problem = {
  /** As the user named it; `environment` when there is no file. */
  readonly file: string;
  /** From 1. Left out: the problem is the file itself, or a variable. */
  readonly line?: number;
  /** From 1, in UTF-16 units. Left out like `line`. */
  readonly column?: number;
  /** `accounts[0].auth.api_key`; empty for the whole file. */
  readonly key: string;
  readonly message: string;
};

/** Something that was read, or every problem of it. */
export type Checked<T> = ({ readonly kind: 'ok' } & T) | Invalid;
type Invalid = { readonly kind: 'invalid'; readonly problems: readonly Problem[] };

export function invalid(problems: readonly Problem[]): Invalid {
  return { kind: 'invalid', problems: inOrder(problems) };
}

export function keyText(path: Path): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? part : `${text}.${part}`;
  }, '');
}

/** One problem a line, as compilers write them: `config.yaml:12:5: poll.interval: …`. */
export function formatProblems(problems: readonly Problem[]): string {
  return problems
    .map(({ file, line, column, key, message }) => {
      const place = line === undefined ? file : `${file}:${line}:${column ?? 1}`;
      return key === '' ? `${place}: ${message}` : `${place}: ${key}: ${message}`;
    })
    .join('\n');
}

const maxShown = 100;

/** In the order of the file; a broken file must not fill the screen, so the rest is only counted. */
function inOrder(problems: readonly Problem[]): readonly Problem[] {
  const sorted = problems.toSorted(
    (a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0),
  );
  const [first] = sorted;
  if (first === undefined || sorted.length <= maxShown) return sorted;
  const message = `and ${sorted.length - maxShown} more problems`;
  return [...sorted.slice(0, maxShown), { file: first.file, key: '', message }];
}

/** Why a file could not be read, by the code that the system gave. */
export function unreadable(code: string): string {
  switch (code) {
    case 'ENOENT':
      return 'there is no such file';
    case 'EISDIR':
      return 'is a folder, not a file';
    case 'EACCES':
    case 'EPERM':
      return 'may not be read by this user';
    default:
      return `cannot be read (${code})`;
  }
}
