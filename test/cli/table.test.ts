import { describe, expect, test } from 'vitest';
import { byteSize, duration, printable, table } from '../../src/cli/table.ts';

describe('a table', () => {
  test('aligns its columns and leaves no spaces at the ends of lines', () => {
    const rows = [
      ['ID', 'NAME'],
      ['1', 'ledger'],
      ['200', ''],
    ];
    expect(table(rows)).toBe('ID   NAME\n1    ledger\n200\n');
  });

  test('shows a name from Atlas that holds control characters without obeying it', () => {
    const shown = table([['NAME'], ['a\u001b[2Jb\nc\u202ed']]);
    expect(shown).toBe('NAME\na\uFFFD[2Jb\uFFFDc\uFFFDd\n');
  });
});

test('printable leaves ordinary text of any script alone', () => {
  expect(printable('Überfall – 支付 ledger')).toBe('Überfall – 支付 ledger');
});

test.each([
  [0, '0s'],
  [0.4, '0s'],
  [-0.4, '0s'],
  [59, '59s'],
  [60, '1m 0s'],
  [3_599, '59m 59s'],
  [3_600, '1h 0m'],
  [86_399, '23h 59m'],
  [90_061, '1d 1h'],
  [86_400 * 400, '400d 0h'],
  [-7_260, '-2h 1m'],
])('%d seconds are written %s', (seconds, text) => {
  expect(duration(seconds)).toBe(text);
});

test.each([
  [0, '0 B'],
  [1023, '1023 B'],
  [1024, '1.0 KiB'],
  [1_610_612_736, '1.5 GiB'],
  [2 ** 50 * 3, '3.0 PiB'],
  [2 ** 60, '1024.0 PiB'],
])('%d bytes are written %s', (bytes, text) => {
  expect(byteSize(bytes)).toBe(text);
});
