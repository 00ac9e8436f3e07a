import { z } from 'zod';

type Pair<T> = readonly [one: keyof T & string, other: keyof T & string];

/**
 * What concerns several keys at once: a message about the place at `path`, by default the last of these
 * keys, or nothing. Runs when all of these keys are sound; zod alone would skip it after any other fault.
 */
export function rule<T extends object>(
  keys: readonly (keyof T & string)[],
  fault: (value: T) => string | false | undefined,
  path: readonly string[] = keys.slice(-1),
) {
  return z.superRefine<T>(
    (value, context) => {
      const message = fault(value);
      if (message) context.addIssue({ code: 'custom', message, path: [...path] });
    },
    {
      when: ({ value, issues }) =>
        isRecord(value) && !issues.some((issue) => keys.some((key) => key === issue.path?.[0])),
    },
  );
}

export function isRecord(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Exactly one key of each pair has to be there. Presence counts: a faulty value is its own fault. */
export function oneOfEach<T extends z.ZodObject>(object: T, ...pairs: Pair<z.output<T>>[]): T {
  const checks = pairs.map(([one, other]) =>
    rule<z.output<T>>([], (value) =>
      value[one] === undefined && value[other] === undefined
        ? `needs ${one} or ${other}`
        : exclusive(value, one, other),
    ),
  );
  const either = pairs.map((pair) => ({ oneOf: pair.map((key) => ({ required: [key] })) }));
  return object.check(...checks).meta(either.length === 1 ? { ...either[0] } : { allOf: either });
}

/** At most one of the two keys may be there. */
export function notBoth<T extends z.ZodObject>(object: T, ...[one, other]: Pair<z.output<T>>): T {
  return object
    .check(rule<z.output<T>>([], (value) => exclusive(value, one, other)))
    .meta({ not: { required: [one, other] } });
}

function exclusive<T extends object>(value: T, one: keyof T & string, other: keyof T & string) {
  const both = value[one] !== undefined && value[other] !== undefined;
  return both && `${one} and ${other} are mutually exclusive`;
}
