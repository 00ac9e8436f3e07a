import type { UnixSeconds } from '../domain/time.ts';
import { inTurns } from '../turns.ts';
import { isShown } from './budget.ts';
import { type Format, headerLines, numeral } from './encoding.ts';
import type { AgeingFamily, FamilyFacts } from './family.ts';

/** A family of ages with what stays of each line: its labels as text, and the moment. */
export type AgeBlock = {
  readonly family: FamilyFacts & { readonly sign: 1 | -1 };
  readonly lines: readonly { readonly pairs: string; readonly at: UnixSeconds }[];
};

export async function ageBlock<Row>(
  family: AgeingFamily<Row>,
  labelled: readonly { readonly row: Row; readonly pairs: string }[],
): Promise<AgeBlock> {
  const lines: { pairs: string; at: UnixSeconds }[] = [];
  await inTurns(labelled, ({ row, pairs }) => {
    const at = family.timestamp(row);
    if (isShown(at)) lines.push({ pairs, at });
  });
  return { family, lines };
}

/** Writes out the ages of this second, line by line. */
export async function writeAges(
  blocks: readonly AgeBlock[],
  format: Format,
  now: UnixSeconds,
  write: (lines: string) => void,
): Promise<void> {
  for (const { family, lines } of blocks) {
    const { name, sign } = family;
    write(headerLines(family, format));
    await inTurns(lines, ({ pairs, at }) => {
      write(`${name}{${pairs}} ${numeral(sign * (now - at))}\n`);
    });
  }
}
