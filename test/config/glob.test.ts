import fc from 'fast-check';
import { expect, test } from 'vitest';
import { globMatches, hasWildcard } from '../../src/config/glob.ts';
import { stopwatch } from '../stopwatch.ts';

/** Obviously right and slow: a `*` takes nothing, or one character and stays. */
function naive(pattern: readonly string[], text: readonly string[]): boolean {
  const [wanted, ...patternRest] = pattern;
  const [given, ...textRest] = text;
  if (wanted === undefined) return given === undefined;
  if (wanted === '*') {
    return naive(patternRest, text) || (given !== undefined && naive(pattern, textRest));
  }
  return (
    given !== undefined && (wanted === '?' || wanted === given) && naive(patternRest, textRest)
  );
}

const patterns = fc.array(fc.constantFrom('a', 'b', 'A', '*', '?', '💾'), { maxLength: 8 });
const texts = fc.array(fc.constantFrom('a', 'b', 'A', '*', '💾'), { maxLength: 8 });

test('a glob matches exactly what the naive definition matches', () => {
  fc.assert(
    fc.property(patterns, texts, (pattern, text) => {
      expect(globMatches(pattern.join(''), text.join(''))).toBe(naive(pattern, text));
    }),
    { numRuns: 5_000 },
  );
});

test.each([
  ['prod-*', 'prod-eu', true],
  ['prod-*', 'Prod-eu', false],
  ['prod-?', 'prod-1', true],
  ['prod-?', 'prod-12', false],
  ['a.c', 'abc', false],
  ['[ab]', 'a', false],
  ['', '', true],
  ['*', '', true],
])('glob %j against %j is %j', (pattern, text, expected) => {
  expect(globMatches(pattern, text)).toBe(expected);
});

test('a hostile pattern costs no more than its length times the text', () => {
  const spent = stopwatch();
  expect(globMatches(`${'*a'.repeat(128)}b`, 'a'.repeat(5_000))).toBe(false);
  expect(spent().worked).toBeLessThan(1_000);
});

test('only * and ? are wildcards', () => {
  expect(['a*', '?', 'a', '[a]'].map(hasWildcard)).toEqual([true, true, false, false]);
});
