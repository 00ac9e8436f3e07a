import type { UnixSeconds } from '../domain/time.ts';
import { inBatches } from '../runtime/event-loop.ts';
import { isShown } from './budget.ts';
import { type Format, headerLines } from './encoding.ts';
import type { FamilyFacts, RelativeFamily } from './family.ts';
import type { LineWriter } from './lines.ts';

/** A subject with the text of the labels that identify it. */
export type Labelled<Row> = { readonly row: Row; readonly pairs: Buffer };

/** A family of ages with what stays of each line: its labels as text, and the moment. */
export type AgeBlock = {
  readonly family: FamilyFacts & { readonly sign: 1 | -1 };
  readonly lines: readonly { readonly pairs: Buffer; readonly at: UnixSeconds }[];
};

export function* ageBlock<Row>(
  family: RelativeFamily<Row>,
  labelled: readonly Labelled<Row>[],
): Generator<void, AgeBlock> {
  const lines: { pairs: Buffer; at: UnixSeconds }[] = [];
  yield* inBatches(labelled, ({ row, pairs }) => {
    const at = family.timestamp(row);
    if (isShown(at)) lines.push({ pairs, at });
  });
  return { family, lines };
}

/** Writes out the ages of this second. */
export function* writeAges(
  blocks: readonly AgeBlock[],
  format: Format,
  now: UnixSeconds,
  writer: LineWriter,
): Generator<void, void> {
  for (const { family, lines } of blocks) {
    const { sign } = family;
    const begins = Buffer.from(`${family.name}{`);
    writer.text(headerLines(family, format));
    yield* inBatches(lines, ({ pairs, at }) => writer.sample(begins, pairs, '', sign * (now - at)));
  }
}
