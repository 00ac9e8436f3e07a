import { describe, expect, test } from 'vitest';
import { at, say } from '../../src/domain/phrase.ts';
import { html, moment, segment, sentence } from '../../src/html/html.ts';

describe('the template tag', () => {
  test('escapes every value, in text and in attributes', () => {
    const hostile = `"'><script>alert(1)</script>&`;
    expect(html`<a title="${hostile}">${hostile}</a>`.html).toBe(
      '<a title="&quot;&#39;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;">&quot;&#39;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;</a>',
    );
  });

  test('takes HTML, lists of it, numbers, and nothing', () => {
    const rows = [1, 2].map((n) => html`<li>${n}</li>`);
    expect(html`<ul>${rows}${undefined}</ul>`.html).toBe('<ul><li>1</li><li>2</li></ul>');
  });

  test('lets no character act that is not to be seen', () => {
    expect(html`${'a\u202eb\u0000c'}`.html).toBe('a\uFFFDb\uFFFDc');
  });
});

test.each([
  ['a b/c', 'a%20b%2Fc'],
  ['..', '%2E%2E'],
  ['v1.2', 'v1.2'],
])('%s is one segment of a path', (text, expected) => {
  expect(segment(text)).toBe(expected);
});

describe('a moment', () => {
  const now = 1_786_536_000;

  test.each([
    [now, 'just now'],
    [now - 0.6, 'just now'],
    [now - 7_260, '2h 1m ago'],
    [now + 90_061, 'in 1d 1h'],
  ])('%s is told by its distance', (when, expected) => {
    expect(moment(when, now).html).toContain(`>${expected}</time>`);
  });

  test('that never comes, or is not known, is said so', () => {
    expect(moment(Number.POSITIVE_INFINITY, now).html).toBe('never');
    expect(moment(undefined, now).html).toBe('–');
  });

  test('in a sentence has its exact time, too', () => {
    expect(sentence(say`Taken ${at(now)}.`, now).html).toMatch(
      /^Taken <time [^>]*datetime="2026-08-12T12:00:00Z"[^>]*>[^<]+<\/time> <span class="away">\(just now\)<\/span>\.$/,
    );
  });
});
