import fc from 'fast-check';
import { Gauge, Registry } from 'prom-client';
import { describe, expect, test } from 'vitest';
import { headerLines, labelPairs, numeral, sampleLine } from '../../src/metrics/encoding.ts';
import { parsed } from './exposition.ts';

const header = headerLines({ name: 'a_gauge', help: 'Help.', type: 'gauge' }, 'text');

/** The label as a reader of the page gets it. */
function readBack(value: string): string | undefined {
  const page = header + sampleLine('a_gauge', labelPairs({ label: value }), 1);
  return parsed(page, 'text')[0]?.samples[0]?.labels['label'];
}

const hostile = fc.string({
  unit: fc.oneof(
    fc.constantFrom('"', '\\', '\n', '\r', '\0', '\t', '\u2028', '{', '}', ',', '=', '#', ' ', 'n'),
    fc.constantFrom('💾', 'é', '\u202e', 'א', '\u200d', '\ufeff', '\ufffd'),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  ),
  maxLength: 60,
});
const valid = hostile.filter((value) => value.isWellFormed() && Buffer.byteLength(value) <= 256);
const broken = fc.string({
  unit: fc.constantFrom('\ud83d', '\udcbe', '\ud800', '\udfff', 'a', '"'),
  minLength: 1,
  maxLength: 12,
});
const long = fc.string({
  unit: fc.constantFrom('a', '"', '💾', '\n'),
  minLength: 257,
  maxLength: 600,
});

describe('a label value', () => {
  test('is written as prom-client writes it', async () => {
    await fc.assert(
      fc.asyncProperty(
        valid.filter((value) => value !== ''),
        valid.filter((value) => value !== ''),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        async (one, other, value) => {
          const registry = new Registry();
          const gauge = new Gauge({
            name: 'a_gauge',
            help: 'Help.',
            labelNames: ['one', 'other'],
            registers: [registry],
          });
          gauge.set({ one, other }, value);
          const ours = header + sampleLine('a_gauge', labelPairs({ one, other }), value);
          expect(ours).toBe(await registry.metrics());
        },
      ),
    );
  });

  test('that is empty is left out, as Prometheus takes it', () => {
    expect(labelPairs({ a: '', b: 'x', c: '' })).toBe('b="x"');
  });

  test.each([
    ['that is no valid text', broken],
    ['that is very long', long],
    ['of any kind', fc.oneof(hostile, broken, long)],
  ])('%s becomes valid text of at most 256 bytes', (_, values) => {
    fc.assert(
      fc.property(values, (value) => {
        const read = readBack(value) ?? '';
        expect(read.isWellFormed()).toBe(true);
        expect(Buffer.byteLength(read)).toBeLessThanOrEqual(256);
      }),
    );
  });

  test('is cut with a hash that differs when only the end does', () => {
    const [one, other] = ['1', '2'].map((end) => readBack('x'.repeat(10_000) + end));
    expect(one).toMatch(/^x{48}…[0-9a-f]{16}$/);
    expect(one).not.toBe(other);
  });

  test('is not cut at 256 bytes, nor in the middle of a character', () => {
    expect(readBack('x'.repeat(256))).toBe('x'.repeat(256));
    expect(readBack('💾'.repeat(64))).toBe('💾'.repeat(64));
    expect(readBack(`x${'💾'.repeat(64)}`)).toMatch(/^x(💾){23}\ufffd…[0-9a-f]{16}$/u);
  });
});

test.each([
  [0, '0'],
  [-0, '0'],
  [1.5, '1.5'],
  [1786536000, '1786536000'],
  [1e21, '1e+21'],
  [Number.POSITIVE_INFINITY, '+Inf'],
  [Number.NEGATIVE_INFINITY, '-Inf'],
  [Number.NaN, 'NaN'],
])('the number %s is written %s', (value, expected) => {
  expect(numeral(value)).toBe(expected);
});

describe('the lines above a family', () => {
  const counter = {
    name: 'waits_seconds_total',
    help: 'Says "a\\b"\nand more.',
    type: 'counter',
  } as const;

  test('in the text format escape backslash and newline, and know no unit', () => {
    expect(headerLines(counter, 'text')).toBe(
      '# HELP waits_seconds_total Says "a\\\\b"\\nand more.\n# TYPE waits_seconds_total counter\n',
    );
  });

  test('in OpenMetrics escape quotes, too, name the counter without _total, and tell the unit', () => {
    expect(headerLines(counter, 'openmetrics')).toBe(
      '# HELP waits_seconds Says \\"a\\\\b\\"\\nand more.\n# TYPE waits_seconds counter\n# UNIT waits_seconds seconds\n',
    );
  });
});
