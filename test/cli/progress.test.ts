import { expect, test } from 'vitest';
import { progress } from '../../src/cli/progress.ts';

/** A stream that keeps what is written to it. */
function written(isTTY: boolean) {
  const texts: string[] = [];
  const write = (text: string | Uint8Array): boolean => texts.push(String(text)) > 0;
  return { texts, stream: { isTTY, write } };
}

test('progress is drawn on a terminal, in one line, and taken away', () => {
  const { texts, stream } = written(true);
  const { show, end } = progress('Reading', stream);
  show(0, 4);
  show(1, 4);
  show(4, 4);
  end();
  expect(texts).toEqual([
    `\r\u001b[KReading ${'░'.repeat(24)} 0 of 4`,
    `\r\u001b[KReading ${'█'.repeat(6)}${'░'.repeat(18)} 1 of 4`,
    `\r\u001b[KReading ${'█'.repeat(24)} 4 of 4`,
    '\r\u001b[K',
  ]);
});

test('progress of nothing is drawn, too', () => {
  const { texts, stream } = written(true);
  progress('Reading', stream).show(0, 0);
  expect(texts).toEqual([`\r\u001b[KReading ${'░'.repeat(24)} 0 of 0`]);
});

test('nothing is drawn where there is no terminal', () => {
  const { texts, stream } = written(false);
  const { show, end } = progress('Reading', stream);
  show(1, 4);
  end();
  expect(texts).toEqual([]);
});
