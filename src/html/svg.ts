/** A coordinate, as exactly as it can be seen. */
export function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
