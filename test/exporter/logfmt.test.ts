import { expect, test } from 'vitest';
import { logfmt } from '../../src/exporter/log.ts';

test.each([
  [{ level: 'warn', msg: 'reloaded' }, 'level=warn msg=reloaded\n'],
  [{ msg: 'reads recovered' }, 'msg="reads recovered"\n'],
  [{ reads: 3, complete: false, at: null }, 'reads=3 complete=false at=null\n'],
  [{ value: '' }, 'value=""\n'],
  [{ value: 'a=b' }, 'value="a=b"\n'],
  [{ value: 'say "no"' }, 'value="say \\"no\\""\n'],
  [{ value: 'two\nlines' }, 'value="two\\nlines"\n'],
  [{ err: { code: 'X', n: 1 } }, 'err="{\\"code\\":\\"X\\",\\"n\\":1}"\n'],
])('%j is one line of logfmt', (event, line) => {
  expect(logfmt(event)).toBe(line);
});
