import { test } from 'vitest';
import { budgets, expectWithin } from '../oracle/budgets.ts';

test.each(budgets)('1,000 simulated clusters stay within %s', (_, rules, budget) =>
  expectWithin(budget, rules, 1_000),
);
