import type { Goal, GoalId, Part } from './goals.ts';
import { median } from './stats.ts';

/** What a run found out about one part of a goal. */
export type Reading =
  | { readonly kind: 'measured'; readonly values: readonly number[] }
  | { readonly kind: 'skipped'; readonly why: string };

export type Readings = {
  readonly of: (id: GoalId, part: string) => Reading | undefined;
  readonly set: (id: GoalId, part: string, reading: Reading) => void;
};

export function newReadings(): Readings {
  const readings = new Map<string, Reading>();
  return {
    of: (id, part) => readings.get(`${id} ${part}`),
    set: (id, part, reading) => void readings.set(`${id} ${part}`, reading),
  };
}

/** `fails`: a must is missed, or nothing was measured. `holds`: the must holds, the reach is missed. */
export type Verdict = 'reached' | 'holds' | 'missed' | 'fails' | 'skipped';

export function verdictOf(goal: Goal, part: Part, reading: Reading | undefined): Verdict {
  if (reading === undefined) return 'fails';
  if (reading.kind === 'skipped') return 'skipped';
  const value = median(reading.values);
  if (part.must !== undefined && !isWithin(goal, value, part.must)) return 'fails';
  if (part.reach === undefined) return 'holds';
  if (isWithin(goal, value, part.reach)) return 'reached';
  return part.must === undefined ? 'missed' : 'holds';
}

const farOff = 2;

/**
 * The same for machines that are shared and slow: only what is beyond twice the must fails, and no
 * absolute time does.
 */
export function tolerantVerdictOf(goal: Goal, part: Part, reading: Reading | undefined): Verdict {
  const verdict = verdictOf(goal, part, reading);
  if (verdict !== 'fails' || reading?.kind !== 'measured' || goal.unit === 'yes') return verdict;
  if (part.must === undefined || goal.unit === 'ms' || goal.unit === 'ms/s') return 'missed';
  const bound = goal.better === 'less' ? part.must * farOff : part.must / farOff;
  return isWithin(goal, median(reading.values), bound) ? 'missed' : 'fails';
}

function isWithin({ better }: Goal, value: number, bound: number): boolean {
  return better === 'less' ? value <= bound : value >= bound;
}
