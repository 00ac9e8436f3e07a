import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sampleLine } from '../../src/metrics/encoding.ts';
import { type LineWriter, lineWriter } from '../../src/metrics/lines.ts';

/** The text that a writer was given, piece by piece. */
function pieces(write: (lines: LineWriter) => void): readonly string[] {
  const taken: string[] = [];
  const lines = lineWriter((piece) => taken.push(piece.toString()));
  write(lines);
  lines.end();
  return taken;
}

const values = fc.oneof(
  fc.double(),
  fc.integer(),
  fc.maxSafeInteger(),
  fc.nat(30).map((digits) => 10 ** digits),
  fc.nat(15).map((digits) => 10 ** digits - 1),
);
const texts = fc.string({ unit: 'binary', maxLength: 20 });

describe('a line', () => {
  test('is what the encoding makes of a sample', () => {
    fc.assert(
      fc.property(texts, texts, texts, values, (name, subject, own, value) => {
        const begins = Buffer.from(`${name}{`);
        const text = pieces((lines) => lines.sample(begins, Buffer.from(subject), own, value));
        const pairs = own === '' ? subject : `${subject},${own}`;
        expect(text).toEqual([sampleLine(name, pairs || ' ', value).replace('{ }', '{}')]);
      }),
    );
  });

  test.each([
    0,
    -0,
    9,
    10,
    999_999_999,
    1e9,
    1_000_000_001,
    2 ** 31,
    2 ** 53 - 1,
    2 ** 53,
    1e21,
    -1,
  ])('has %d as the value that JavaScript writes', (value) => {
    const text = pieces((lines) => lines.sample(Buffer.from('a{'), Buffer.from('b'), '', value));
    expect(text).toEqual([`a{b} ${value}\n`]);
  });
});

test('pieces are made of whole lines, and nothing is lost between them', () => {
  const subject = Buffer.from(`cluster="${'ü'.repeat(500)}"`);
  const all = Array.from({ length: 1000 }, (_, value) => `a{${subject}} ${value}\n`);
  const taken = pieces((lines) => {
    for (const value of all.keys()) lines.sample(Buffer.from('a{'), subject, '', value);
  });
  expect(taken.length).toBeGreaterThan(2);
  expect(taken.every((piece) => piece.endsWith('\n'))).toBe(true);
  expect(taken.join('')).toBe(all.join(''));
});

test('a line that is longer than a piece is a piece of its own', () => {
  const long = 'ü'.repeat(1_000_000);
  const taken = pieces((lines) => {
    lines.text('# before\n');
    lines.sample(Buffer.from('a{'), Buffer.from('b'), long, 1);
    lines.text('# after\n');
  });
  expect(taken.join('')).toBe(`# before\na{b,${long}} 1\n# after\n`);
  expect(taken[0]).toBe('# before\n');
});

test('without any, there is no piece', () => {
  expect(pieces(() => undefined)).toEqual([]);
});
