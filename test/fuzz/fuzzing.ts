import { appendFileSync } from 'node:fs';
import fc from 'fast-check';
import { inject, test } from 'vitest';
import { type SubjectName, subjects } from './subjects.ts';

const isLong = process.env['FUZZ'] === 'long';
/** Of one subject; the files run side by side. */
const mostMs = isLong ? 150_000 : 12_000;

type Property = Parameters<typeof fc.check>[0];
/** Something that has to be there before the first case, such as a server. */
type Prepared = Property | (() => Property | Promise<Property>);

/** The test of one subject. It says which cases it has played, and fails with one to play again. */
export function fuzz(name: SubjectName, prepared: Prepared): void {
  const { property, short, long } = subjects[name];
  test(property, { timeout: 2 * mostMs }, async () => {
    const { seed, ledger } = inject('fuzz');
    const details = await fc.check(typeof prepared === 'function' ? await prepared() : prepared, {
      seed,
      numRuns: isLong ? long : short,
      interruptAfterTimeLimit: mostMs,
      markInterruptAsFailure: false,
    });
    appendFileSync(ledger, `${JSON.stringify({ name, cases: details.numRuns })}\n`);
    console.info(`fuzz ${name}: ${details.numRuns} cases, FUZZ_SEED=${seed}`);
    const message = await fc.asyncDefaultReportMessage(details);
    if (details.failed) throw new Error(message, { cause: details.errorInstance });
  });
}
