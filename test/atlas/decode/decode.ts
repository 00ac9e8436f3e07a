import { parseDate } from '../../../src/atlas/dates.ts';
import { type Decoder, type Findings, newFindings } from '../../../src/atlas/decode/decoding.ts';
import type { UnixSeconds } from '../../../src/domain/time.ts';
import { start } from '../../simulator/client.ts';

export type Decoded<T> = Pick<Findings, 'rejected' | 'unknown'> & { readonly value: T | undefined };

/** One item through a decoder, as of the start of the simulated world. */
export function decode<T>(
  decoder: Decoder<T>,
  item: unknown,
  asOf: UnixSeconds = start,
): Decoded<T> {
  const findings = newFindings(asOf);
  // As JSON: a field that a test leaves undefined is missing then, as in a real reply.
  const value = decoder(JSON.parse(JSON.stringify(item) ?? 'null'), findings);
  return { value, rejected: findings.rejected, unknown: findings.unknown };
}

/** The time in a date that a test wrote itself. */
export function at(date: string): UnixSeconds {
  const seconds = parseDate(date);
  if (seconds === undefined) throw new Error(`not a date: ${date}`);
  return seconds;
}

/** What no field of a record may be to be taken for text. */
export const notText: readonly unknown[] = [null, 5, true, [], ['a'], {}, { toString: 'a' }];
