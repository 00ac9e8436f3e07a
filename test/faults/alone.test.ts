import { rows } from './rows.ts';
import { testRows } from './testing.ts';

// Without a poll before there is no token that could still work.
testRows(
  rows.filter(({ stepSeconds }) => stepSeconds === undefined),
  'alone',
);
