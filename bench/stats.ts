export type Summary = { readonly median: number; readonly min: number; readonly max: number };

/** The middle value, or the mean of the two in the middle; NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? Number.NaN;
  return (lower + upper) / 2;
}

export function summary(values: readonly number[]): Summary {
  return { median: median(values), min: Math.min(...values), max: Math.max(...values) };
}

/** One over the other, round by round, so that what slows down a whole round does not count. */
export function ratios(over: readonly number[], under: readonly number[]): readonly number[] {
  return over.slice(0, under.length).map((value, round) => value / (under[round] ?? Number.NaN));
}

/** For a person: three digits that count, in groups. */
export function figure(value: number): string {
  const digits = value !== 0 && Math.abs(value) < 1000 ? 3 : undefined;
  const fraction = { maximumFractionDigits: 0 };
  return value.toLocaleString(
    'en-US',
    digits === undefined ? fraction : { maximumSignificantDigits: digits },
  );
}
