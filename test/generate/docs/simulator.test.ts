import { expect, test } from 'vitest';
import { faultPage } from '../../../generate/docs/simulator.ts';
import { requestedFaults } from '../../../src/simulator/faults/specification.ts';
import { faults } from '../../../src/simulator/faults/table.ts';

test('every fault has one row, a sentence, and a name that can be asked for', () => {
  const rows = faultPage().split('\n');
  for (const [name, { description }] of faults) {
    expect(
      rows.filter((row) => row.startsWith(`| \`${name}`) && row.includes(description)),
    ).toHaveLength(1);
    expect(description).toMatch(/^[A-Z0-9].*\.$/);
    expect(requestedFaults(name)).toHaveLength(1);
  }
});
