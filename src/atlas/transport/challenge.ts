/** One challenge of a WWW-Authenticate header; parameter names in lower case. */
export type Challenge = {
  readonly scheme: string;
  readonly parameters: ReadonlyMap<string, string>;
};

const token = /[!#$%&'*+\-.^_`|~0-9A-Za-z]+/y;
const separators = /[\s,]*/y;
const equals = /[ \t]*=[ \t]*/y;
const quoted = /"((?:[^"\\]|\\.)*)"/sy;
const token68 = /[ \t]+[A-Za-z0-9\-._~+/]+=*(?=\s*(?:,|$))/y;

/**
 * Reads every challenge of one or several WWW-Authenticate headers (RFC 9110 §11.6.1), however
 * quoted and spaced. What cannot be read ends the reading; it never throws.
 */
export function challenges(headers: readonly string[]): readonly Challenge[] {
  return headers.flatMap(challengesOf);
}

function challengesOf(header: string): readonly Challenge[] {
  const found: { scheme: string; parameters: Map<string, string> }[] = [];
  let at = 0;
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const hit = pattern.exec(header);
    if (hit !== null) at = pattern.lastIndex;
    return hit;
  };
  match(separators);
  while (at < header.length) {
    const name = match(token)?.[0];
    if (name === undefined) break;
    const current = found.at(-1);
    if (current !== undefined && match(equals)) {
      const value = match(quoted)?.[1]?.replaceAll(/\\(.)/gs, '$1') ?? match(token)?.[0];
      if (value === undefined) break;
      current.parameters.set(name.toLowerCase(), value);
    } else {
      found.push({ scheme: name.toLowerCase(), parameters: new Map() });
      // `Negotiate abc==` and the like: not ours, but it must not hide the challenge after it.
      match(token68);
    }
    match(separators);
  }
  return found;
}
