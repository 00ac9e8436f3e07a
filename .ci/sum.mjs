// Adds up what `.ci/run` wrote down of its steps into the one line that counts, and says by its exit
// code whether all is well. Plain JavaScript: the machine's own Node.js may be an old one.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder] = process.argv.slice(2);

/** A step that ran vitest counts as its tests; any other as one. */
function countOf([status, name]) {
  const file = join(folder, `${name}.json`);
  const step = status === '0' ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  if (!existsSync(file)) return { ...step, skipped: 0 };
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(
    readFileSync(file, 'utf8'),
  );
  return {
    passed: numPassedTests,
    // A file that cannot be loaded, or an error outside any test, has failed no test.
    failed: Math.max(numFailedTests, step.failed),
    skipped: numPendingTests + numTodoTests,
  };
}

const steps = readFileSync(join(folder, 'steps'), 'utf8').trimEnd().split('\n');
const counts = steps.map((line) => countOf(line.split('\t')));
const sum = (kind) => counts.reduce((total, count) => total + count[kind], 0);
const [passed, failed, skipped] = [sum('passed'), sum('failed'), sum('skipped')];

console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
