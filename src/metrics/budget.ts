import { inTurns } from '../turns.ts';
import type { Family } from './family.ts';
import type { Subject } from './subjects.ts';

/** How many series there may still be, and how many were left out for it. */
export type SeriesBudget = { left: number; dropped: number };

/**
 * The subjects whose series fit, in their order. One whose series no longer do is left out whole:
 * joins hold.
 */
export async function affordable<Row>(
  subjects: readonly Subject<Row>[],
  families: readonly Family<Row>[],
  budget: SeriesBudget,
): Promise<readonly Subject<Row>[]> {
  const fitting: Subject<Row>[] = [];
  await inTurns(subjects, (subject) => {
    const count = families.reduce((sum, family) => sum + seriesOf(family, subject.row), 0);
    if (count > budget.left) {
      budget.dropped += count;
    } else {
      budget.left -= count;
      fitting.push(subject);
    }
  });
  return fitting;
}

function seriesOf<Row>(family: Family<Row>, row: Row): number {
  if (family.kind === 'settled') return family.samples(row).length;
  return isShown(family.timestamp(row)) ? 1 : 0;
}

/** Whether an age can be told of this moment. */
export function isShown(at: number | undefined): at is number {
  return at !== undefined && Number.isFinite(at);
}
