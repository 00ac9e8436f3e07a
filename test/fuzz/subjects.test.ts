import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { subjects } from './subjects.ts';

test('every file of this folder has its subjects in the table, and none is missing', () => {
  const files = readdirSync(new URL('.', import.meta.url)).filter((file) =>
    file.endsWith('.test.ts'),
  );
  const named = Object.values(subjects).map(({ file }) => `${file}.test.ts`);
  expect(files.filter((file) => file !== 'subjects.test.ts').toSorted()).toEqual(
    [...new Set(named)].toSorted(),
  );
});
