import { rows } from './rows.ts';
import { testRows } from './testing.ts';

testRows(rows, 'in good times');
