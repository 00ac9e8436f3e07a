import { expect, test } from 'vitest';
import { faults } from '../../src/simulator/faults/table.ts';
import { phases } from './phases.ts';
import { rows } from './rows.ts';
import { testRows } from './testing.ts';

// A choice of the matrix: the first row of each fault of the catalogue, in one phase each.
const firsts = rows.filter(
  (row, n) => row.timeoutMs === undefined && rows.findIndex(({ id }) => id === row.id) === n,
);
for (const [nth, phase] of phases.entries()) {
  testRows(
    firsts.filter((_, n) => n % phases.length === nth),
    phase,
  );
}

test('every fault of the simulator is played by the matrix', () => {
  const played = new Set(rows.map(({ fault }) => String(fault).split('=')[0]));
  expect([...faults.keys()].filter((name) => !played.has(name))).toEqual([]);
});
