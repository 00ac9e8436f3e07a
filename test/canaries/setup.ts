import { afterEach } from 'vitest';
import { forgetTokens } from './canaries.ts';
import './taps.ts';
import { takeLeaks } from './watch.ts';

// Before every file of tests. A process plays many of them, and only this module anew for each.
forgetTokens();

afterEach(() => {
  const leaks = takeLeaks();
  if (leaks.length > 0) throw new Error(`secrets came out: ${[...new Set(leaks)].join(', ')}`);
});
