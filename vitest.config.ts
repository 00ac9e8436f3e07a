import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const wholeMatrix = ['alone', 'good-times', 'recovery'].map(
  (phase) => `test/faults/${phase}.test.ts`,
);

const shared = {
  // Looks for secrets in whatever any test puts out.
  setupFiles: 'test/canaries/setup.ts',
  // One process plays many files, so that each module is loaded once in it.
  isolate: false,
  unstubEnvs: true,
};

/** One more than there are cores: much of their time these tests wait for processes and timers. */
const manyWorkers = availableParallelism() + 1;
/** Nothing of theirs takes a third of it, but on a machine that others use, too. */
const patient = { testTimeout: 60_000, hookTimeout: 60_000 };

export default defineConfig({
  test: {
    // With the one worker that two cores get by default, all would wait for what one waits for.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    globalSetup: 'test/e2e/bundled.ts',
    projects: [
      {
        test: {
          ...shared,
          maxWorkers: manyWorkers,
          ...patient,
          name: 'main',
          include: ['test/**/*.test.ts'],
          exclude: ['test/real/**', 'test/scale/**', 'test/fuzz/**', ...wholeMatrix],
        },
      },
      {
        // Random cases: a short run of them in `npm test`, a long one by `npm run fuzz`.
        test: {
          ...shared,
          maxWorkers: manyWorkers,
          ...patient,
          name: 'fuzz',
          include: ['test/fuzz/**/*.test.ts'],
          globalSetup: 'test/fuzz/ledger.ts',
        },
      },
      {
        // Every fault, in each of its phases; `main` plays a choice of them.
        test: {
          ...shared,
          name: 'faults',
          include: wholeMatrix,
          globalSetup: 'test/faults/tally.ts',
          sequence: { groupOrder: 2 },
          ...patient,
        },
      },
      {
        // Large fleets and long times.
        test: {
          name: 'scale',
          include: ['test/scale/**/*.test.ts'],
          sequence: { groupOrder: 3 },
          testTimeout: 240_000,
        },
      },
      {
        // Against tools that npm does not bring; each test says which one it skips for lack of.
        test: {
          ...shared,
          name: 'real',
          include: ['test/real/**/*.test.ts'],
          exclude: ['test/real/image/**'],
          // After all others: what plays in accelerated time should have the machine for itself.
          sequence: { groupOrder: 1 },
          ...patient,
        },
      },
      {
        // Builds the container image and runs it.
        test: {
          name: 'image',
          include: ['test/real/image/*.test.ts'],
          sequence: { groupOrder: 3 },
          testTimeout: 60_000,
        },
      },
    ],
  },
});
