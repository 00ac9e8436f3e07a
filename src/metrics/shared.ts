/**
 * Values made once for all who hold them at the same time. Nothing is kept: a value that nobody
 * holds any more is forgotten by garbage collection, and made anew when it is asked for.
 */
export function newShared<Of extends WeakKey>(): (
  of: Of,
  key: string,
  make: () => Buffer,
) => Buffer {
  const all = new WeakMap<Of, Map<string, WeakRef<Buffer>>>();
  return (of, key, make) => {
    const held = all.get(of) ?? new Map<string, WeakRef<Buffer>>();
    const found = held.get(key)?.deref();
    if (found !== undefined) return found;
    for (const [name, value] of held) if (value.deref() === undefined) held.delete(name);
    const made = make();
    all.set(of, held.set(key, new WeakRef(made)));
    return made;
  };
}
