/**
 * Reads something anew at every call; what cannot be read leaves the last good value in use.
 * `trouble` gets the message of the error, which must be safe to show, once until it changes. Without
 * a good value it throws what `fail` makes.
 */
export function lastGood<T extends object | string>(
  read: () => Promise<T>,
  on: {
    readonly trouble: (message: string) => void;
    readonly fail: (cause: unknown) => Error;
  },
): () => Promise<T> {
  let good: T | undefined;
  let logged: string | undefined;
  return async () => {
    try {
      good = await read();
      logged = undefined;
      return good;
    } catch (error) {
      const message = error instanceof Error ? error.message : 'a file cannot be read';
      if (message !== logged) on.trouble(message);
      logged = message;
      if (good !== undefined) return good;
      throw on.fail(error);
    }
  };
}
