import { collectorNames } from '../../src/domain/collectors.ts';
import type { Fleet } from '../../src/domain/fleet.ts';
import { firstGeneration, type Generation, nextGeneration } from '../../src/domain/generation.ts';
import type { UnixSeconds } from '../../src/domain/time.ts';
import { report } from '../domain/reports.ts';

/** The generation of the poll that made this fleet known and ended then. */
export function generationAfter(fleet: Fleet, at: UnixSeconds): Generation {
  return nextGeneration(firstGeneration(fleet, collectorNames), fleet, report({ at }), 1);
}
