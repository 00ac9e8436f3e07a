import type { FailureReason } from '../../../src/domain/failure.ts';
import { requestedFaults } from '../../../src/simulator/faults/specification.ts';
import type { Expected, Place, Row } from '../row.ts';

export const absorbed: Expected = { kind: 'absorbed' };
export const doubted: Expected = { kind: 'doubted' };
export const confirmed: Expected = { kind: 'confirmed' };
export const taken: Expected = { kind: 'taken' };
export const fails = (reason: FailureReason): Expected => ({ kind: 'fails', reason });

/** One fault of the simulator's table, in each of these places. */
export function met(
  id: string,
  fault: string,
  expected: Expected,
  places: readonly Place[],
  more: Partial<Row> = {},
): readonly Row[] {
  const [one] = requestedFaults(fault);
  const { parameter } = one?.fault ?? {};
  const words = one?.fault.description.replace(/( \(.*\))?\.$/, '') ?? fault;
  const title = parameter ? words.replace(parameter.name, one?.parameter || 'empty') : words;
  return places.map((at) => ({ id, title, fault, at, expected, ...more }));
}

/** The places whose failure is a failure of that place alone. */
export const parts: readonly Place[] = ['snapshots', 'clusters'];
export const anywhere: readonly Place[] = [...parts, 'projects', 'everything'];
