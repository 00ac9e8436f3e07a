type CamelCase<Key> = Key extends `${infer Head}_${infer Rest}`
  ? `${Head}${Capitalize<CamelCase<Rest>>}`
  : Key;
type CamelCased<T> = { [Key in keyof T as CamelCase<Key>]: T[Key] };

/** The same values under the names that the program uses: `max_series` becomes `maxSeries`. */
export function camelCased<T extends object>(keys: T): CamelCased<T> {
  const entries = Object.entries(keys).map(([key, value]) => [
    key.replaceAll(/_(.)/g, (_, letter: string) => letter.toUpperCase()),
    value,
  ]);
  return Object.fromEntries(entries) as CamelCased<T>;
}
