import type { z } from 'zod';
import type { MappedField, RejectionReason, UnknownValue } from '../../domain/report.ts';
import type { UnixSeconds } from '../../domain/time.ts';

/** What decoding a reply met besides good records. */
export type Findings = {
  /** The time by Atlas's clock, to tell a date in the future. */
  readonly asOf: UnixSeconds;
  readonly rejected: Rejection[];
  readonly unknown: UnknownValue[];
};

type Rejection = {
  readonly reason: RejectionReason;
  readonly id: string | undefined;
  /** The date, where that is what is wrong with it. */
  readonly at: UnixSeconds | undefined;
};

/** One item of a listing, or undefined when it cannot be used: then the findings say why. */
export type Decoder<T> = (item: unknown, findings: Findings) => T | undefined;

/** Of what has this shape; all else is rejected, with the id that `idOf` finds. */
export function decoderOf<Shape extends z.ZodType, T>(
  shape: Shape,
  from: (record: z.output<Shape>, findings: Findings) => T | undefined,
  idOf: (item: unknown) => string | undefined = () => undefined,
): Decoder<T> {
  return (item, findings) => {
    const record = shape.safeParse(item);
    return record.success ? from(record.data, findings) : reject(findings, 'schema', idOf(item));
  };
}

export function newFindings(asOf: UnixSeconds): Findings {
  return { asOf, rejected: [], unknown: [] };
}

/** Whether nothing was met that has to be counted anew each time. */
export function isClean({ rejected, unknown }: Findings): boolean {
  return rejected.length === 0 && unknown.length === 0;
}

/** Notes a rejection; returns undefined so that a decoder can end with it. */
export function reject(
  findings: Findings,
  reason: RejectionReason,
  id?: string,
  at?: UnixSeconds,
): undefined {
  findings.rejected.push({ reason, id, at });
}

/**
 * Maps an API value by an explicit table; never by changing its case. A value outside the table
 * becomes `other` and is noted; a missing one stays absent.
 */
export function known<T extends string>(
  table: Readonly<Record<string, T>>,
  value: string | undefined,
  field: MappedField,
  findings: Findings,
): T | 'other' | undefined {
  if (value === undefined) return undefined;
  if (Object.hasOwn(table, value)) return table[value];
  findings.unknown.push({ field, value: value.slice(0, 64) });
  return 'other';
}

/** The table of values that are called the same on both sides. */
export function named<T extends string>(...values: readonly T[]): Readonly<Record<string, T>> {
  return Object.fromEntries(values.map((value) => [value, value]));
}

/** A storage size in bytes; undefined, and noted, when it is no whole number from 0 on. */
export function sizeBytes(value: unknown, findings: Findings, id: string): number | undefined {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  reject(findings, 'size', id);
  return undefined;
}

/** Further ahead than clocks differ: such a date would hide a stale backup forever. */
const maxAheadSeconds = 15 * 60;

export function isFuture(at: UnixSeconds, { asOf }: Findings): boolean {
  return at > asOf + maxAheadSeconds;
}
