import type { Fleet } from '../../src/domain/fleet.ts';
import { firstGeneration } from '../../src/domain/generation.ts';
import type { UnixSeconds } from '../../src/domain/time.ts';
import { linesOf, rememberedIn } from '../../src/state/lines.ts';
import type { Remembered } from '../../src/state/remembered.ts';
import { noConditionHistory } from '../../src/status/condition-history.ts';
import { noon } from '../domain/snapshots.ts';

/** What a process with this fleet writes at noon. */
export function rememberedOf(fleet: Fleet, writtenAt: UnixSeconds = noon): Remembered {
  const generation = {
    ...firstGeneration(fleet, ['clusters', 'snapshots', 'schedule']),
    number: 7,
  };
  const accounts = [{ name: 'a', baseUrl: 'https://cloud.mongodb.com' }];
  return { writtenAt, accounts, generation, conditions: noConditionHistory };
}

/** What is read of lines, without a file. */
function readBack(lines: Iterable<string>, now: UnixSeconds = noon): Promise<Remembered> {
  return rememberedIn(without('\n', lines), now);
}

async function* without(end: string, lines: Iterable<string>): AsyncGenerator<string> {
  for (const line of lines) yield line.slice(0, -end.length);
}

export function throughTheFile(remembered: Remembered): Promise<Remembered> {
  return readBack(linesOf(remembered));
}
