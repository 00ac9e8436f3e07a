import { z } from 'zod';
import { objectId } from '../dates.ts';

// Tolerant of all but the identity of a record: a field of an unexpected type counts as missing.

export const id = z.string().regex(objectId);
export const text = z.string().optional().catch(undefined);
/** A list; empty when it is missing, without the cost of an error, or of an unexpected type. */
export const listOf = <T extends z.ZodType>(item: T) => z.array(item).default([]).catch([]);
export const texts = listOf(z.string());
/** A record in a record. */
export const partOf = <T extends z.ZodRawShape>(shape: T) =>
  z.object(shape).optional().catch(undefined);
export const flag = z.boolean().optional().catch(undefined);
/** Read by hand later. Optional, or a record without the key would be refused as a whole. */
export const anything = z.unknown().optional();
export const wholeNumber = z.int().min(0).optional().catch(undefined);

/** The value that a table gives; `other` outside of it. Missing stays absent. */
export function orOther<T extends string>(
  table: Readonly<Record<string, T>>,
  value: string | undefined,
): T | 'other' | undefined {
  if (value === undefined) return undefined;
  return (Object.hasOwn(table, value) ? table[value] : undefined) ?? 'other';
}
