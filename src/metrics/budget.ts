import { inBatches } from '../runtime/event-loop.ts';
import type { Family } from './family.ts';
import type { Subject } from './subjects.ts';

/** How many series there may still be, and how many were left out for it. */
export type SeriesBudget = { left: number; dropped: number };

/** As many as these subjects can have at the most, whatever is known of them. */
export function maxSeries<Row>(
  subjects: readonly Subject<Row>[],
  families: readonly Family<Row>[],
): number {
  return subjects.length * families.reduce((sum, { maxSeries: most }) => sum + most, 0);
}

/**
 * The subjects whose series fit, in their order. One whose series no longer do is left out whole:
 * joins hold.
 */
export function* affordable<Row>(
  subjects: readonly Subject<Row>[],
  families: readonly Family<Row>[],
  budget: SeriesBudget,
): Generator<void, readonly Subject<Row>[]> {
  // All fit in any case, and nobody has to count.
  if (budget.left === Infinity) return subjects;
  const fitting: Subject<Row>[] = [];
  let count = 0;
  const counting = () => {
    count += 1;
  };
  yield* inBatches(subjects, (subject) => {
    count = 0;
    for (const family of families) {
      if (family.kind === 'fixed') family.each(subject.row, counting);
      else if (isShown(family.timestamp(subject.row))) counting();
    }
    if (count > budget.left) {
      budget.dropped += count;
    } else {
      budget.left -= count;
      fitting.push(subject);
    }
  });
  return fitting;
}

/** Whether an age can be told of this moment. */
export function isShown(at: number | undefined): at is number {
  return at !== undefined && Number.isFinite(at);
}
