import { leaksIn } from './canaries.ts';

const leaks: string[] = [];

/** Looks for canaries in something that came out; the test that runs fails when it ends. */
export function watch(output: string, text: string, command = ''): void {
  for (const leak of leaksIn(text, command)) leaks.push(`${leak} in ${output}`);
}

/** What was found since this was asked last. */
export function takeLeaks(): readonly string[] {
  return leaks.splice(0);
}
