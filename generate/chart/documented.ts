import { parse } from 'yaml';

/** A key of values.yaml, with the comment above it. */
export type Documented = {
  readonly path: readonly string[];
  /** Empty: the key says enough. */
  readonly about: string;
  readonly defaultValue: unknown;
  /** The heading it is under. */
  readonly section: string;
};

/** Every key of a file in the form of ours: a key in each line, blocks of comments above them. */
export function documented(text: string): readonly Documented[] {
  const whole: unknown = parse(text);
  const found: Documented[] = [];
  let section = '';
  let comment: string[] = [];
  let above: { readonly indent: number; readonly key: string }[] = [];
  for (const line of text.split('\n')) {
    const words = /^ *# (.*)$/.exec(line)?.[1];
    const [, spaces = '', key] = /^( *)(\w+):/.exec(line) ?? [];
    if (words !== undefined) comment.push(words);
    else if (line.startsWith('## ')) section = line.slice(3);
    else if (key !== undefined) {
      above = [
        ...above.filter(({ indent }) => indent < spaces.length),
        { indent: spaces.length, key },
      ];
      const path = above.map((one) => one.key);
      found.push({ path, about: comment.join(' '), defaultValue: at(whole, path), section });
      comment = [];
    } else comment = [];
  }
  return found;
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, key) => (isObject(inner) ? inner[key] : undefined), value);
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
