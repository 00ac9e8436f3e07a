/** A wrong key may be a secret in the wrong place: only what looks like a word is shown. */
export function plainWord(key: string): string {
  return /^[a-z]{1,16}(?:_[a-z]{1,16}){0,2}$/.test(key) ? ` \`${key}\`` : '';
}

/** The known key that was probably meant, if one is close. */
export function nearest(key: string, known: readonly string[]): string | undefined {
  if (key.length > 40) return undefined;
  const wanted = key.toLowerCase();
  const allowed = wanted.length < 5 ? 1 : 2;
  return known
    .map((candidate) => ({ candidate, edits: editDistance(wanted, candidate.toLowerCase()) }))
    .filter(({ edits }) => edits <= allowed)
    .sort((a, b) => a.edits - b.edits)[0]?.candidate;
}

/** How many characters to add, drop or change to get from one word to the other. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (const [index, character] of Array.from(from).entries()) {
    const next = [index + 1];
    for (let column = 1; column <= to.length; column += 1) {
      const changed = (row[column - 1] ?? 0) + (character === to[column - 1] ? 0 : 1);
      next.push(Math.min(changed, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
