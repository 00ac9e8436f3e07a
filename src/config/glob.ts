/**
 * Whether a pattern of `*` (any run of characters) and `?` (any one character) covers the whole
 * text; case counts. Not a RegExp: a pattern such as `*a*a*a*a*b` could stop a RegExp for minutes,
 * while this needs at most pattern times text steps, because only the last `*` is ever retried.
 */
export function globMatches(pattern: string, text: string): boolean {
  const wanted = Array.from(pattern);
  const given = Array.from(text);
  let at = 0;
  let star = -1;
  let starEnd = 0;
  for (let i = 0; i < given.length; ) {
    if (wanted[at] === '*') {
      star = at;
      starEnd = i;
      at += 1;
    } else if (at < wanted.length && (wanted[at] === '?' || wanted[at] === given[i])) {
      at += 1;
      i += 1;
    } else if (star !== -1) {
      starEnd += 1;
      i = starEnd;
      at = star + 1;
    } else {
      return false;
    }
  }
  return wanted.slice(at).every((character) => character === '*');
}

export function hasWildcard(pattern: string): boolean {
  return pattern.includes('*') || pattern.includes('?');
}
