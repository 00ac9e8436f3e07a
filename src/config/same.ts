import { isSecret, sameSecret } from './secret.ts';

/** Whether two parts of configurations say the same. Unlike in the hash, secrets count. */
export function sameSettings(one: unknown, other: unknown): boolean {
  if (!isObject(one) || !isObject(other)) return Object.is(one, other);
  if (isSecret(one) || isSecret(other)) {
    return isSecret(one) && isSecret(other) && sameSecret(one, other);
  }
  const [before, after] = [new Map(Object.entries(one)), new Map(Object.entries(other))];
  return (
    before.size === after.size &&
    [...before].every(([key, value]) => after.has(key) && sameSettings(value, after.get(key)))
  );
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
