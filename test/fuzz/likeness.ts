import fc from 'fast-check';

/** Texts that have broken a reader of JSON, YAML, HTTP or the exposition before. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({
    unit: fc.constantFrom(
      '"',
      '\\',
      '\n',
      '\r',
      '\0',
      '\t',
      '{',
      '}',
      ',',
      '=',
      '#',
      '/',
      '%',
      'é',
    ),
    maxLength: 12,
  }),
  fc.constantFrom('', ' ', '..', '\ud800', '\udfffx', '\u202e', '💾', 'x'.repeat(10_000)),
  fc.constantFrom('__proto__', 'constructor', 'toString', 'null', 'NaN', '1e999', '-0'),
);

const dates = fc.oneof(
  fc
    .date({ min: new Date('2005-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString()),
  fc.constantFrom('2026-08-12T10:00:00', '2026-02-30T00:00:00Z', '12026-01-01T00:00:00Z', '1970'),
);
const numbers = fc.oneof(
  fc.constantFrom(0, -0, -1, 1.5, 2 ** 53, -(2 ** 53), 1e308, 5e-324, 2 ** 31, 2 ** 63),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const anyValue = fc.oneof(fc.jsonValue({ maxDepth: 3 }), hostileText, numbers, dates);

/** Values of the shape of `sample`: mostly its own, and now and then anything. */
function likeness(sample: unknown): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: 12, arbitrary: alike(sample) },
    { weight: 1, arbitrary: anyValue },
    { weight: 1, arbitrary: fc.constant(undefined) },
  );
}

function alike(sample: unknown): fc.Arbitrary<unknown> {
  if (Array.isArray(sample)) {
    const [first] = sample;
    return fc.oneof(
      fc.tuple(...sample.map(likeness)),
      fc.array(first === undefined ? anyValue : likeness(first), { maxLength: 4 }),
    );
  }
  if (typeof sample === 'object' && sample !== null) return objectLike(sample);
  if (typeof sample === 'number') {
    return fc.oneof({ weight: 4, arbitrary: fc.constant(sample) }, numbers);
  }
  if (typeof sample === 'boolean') return fc.boolean();
  const other = /^\d{4}-/.test(String(sample)) ? dates : hostileText;
  return fc.oneof({ weight: 6, arbitrary: fc.constant(sample) }, other);
}

/** An object with the fields of the sample, and some that nobody knows. */
export function objectLike(sample: object): fc.Arbitrary<Readonly<Record<string, unknown>>> {
  const fields = Object.fromEntries(
    Object.entries(sample).map(([key, value]) => [key, likeness(value)]),
  );
  const novel = fc.dictionary(hostileText, fc.jsonValue({ maxDepth: 2 }), { maxKeys: 2 });
  return fc
    .tuple(novel, fc.record(fields))
    .map(([more, known]) => Object.assign(Object.create(null), more, known));
}
