import { Secret } from './secret.ts';

/** Whether two parts of configurations say the same. Unlike in the hash, secrets count. */
export function sameSettings(one: unknown, other: unknown): boolean {
  return comparable(one) === comparable(other);
}

/** Keys have the same order in all configurations: that of the schema. */
function comparable(settings: unknown): string {
  return JSON.stringify(settings, function (this: Record<string, unknown>, key, value: unknown) {
    const original = this[key];
    if (!(original instanceof Secret)) return value;
    return [original.key, original.colonAllowed, original.source()];
  });
}
