import { describe, expect, test } from 'vitest';
import { printable, table } from '../../src/cli/table.ts';

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
