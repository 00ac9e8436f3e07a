import { test } from 'vitest';
import { type Phase, playPhase } from './phases.ts';
import { defaultStep, type Truth, truths } from './playing.ts';
import type { Row } from './row.ts';

const told = new Map<number, Truth>();

async function truthOf(step = defaultStep): Promise<Truth> {
  const truth = told.get(step) ?? (await truths(step));
  told.set(step, truth);
  return truth;
}

/** One test for each row. */
export function testRows(rows: readonly Row[], phase: Phase): void {
  const titled = rows.map((row) => [`${row.id} at ${row.at}: ${row.title}`, row] as const);
  test.each(titled)(`${phase}: %s`, async (_, row) => {
    await playPhase(row, phase, await truthOf(row.stepSeconds));
  });
}
