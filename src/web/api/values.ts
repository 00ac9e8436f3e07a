import { z } from 'zod';
import { isoDate, type UnixSeconds } from '../../domain/time.ts';
import type { StatusView } from '../../status/view.ts';

/** A time in UTC, in RFC 3339; with milliseconds where it is not a whole second. */
export const time = z.iso.datetime({ offset: false });

/** Undefined where there is none; what never comes is none, too, and says so elsewhere. */
export function timeText(at: UnixSeconds | undefined): string | undefined {
  if (at === undefined || !Number.isFinite(at)) return undefined;
  return Number.isInteger(at) ? isoDate(at) : new Date(Math.round(at * 1000)).toISOString();
}

/** What all JSON begins with, on the command line as well. */
export const version = {
  schema_version: z.literal(1),
  now: time.describe('The time of the response; ages are as of then.'),
};

export function versionOf(now: UnixSeconds) {
  return { schema_version: 1, now: timeText(now) ?? '' } as const;
}

/** What every answer begins with: the fields of a schema, and their values. */
export const envelope = {
  ...version,
  generation: z
    .int()
    .min(0)
    .describe('Number of the poll that is shown; 0 before the first has ended.'),
};

export function envelopeOf({ context, generation }: StatusView): Envelope {
  return { ...versionOf(context.now), generation: generation.number };
}

type Envelope = { readonly [K in keyof typeof envelope]: z.input<(typeof envelope)[K]> };

/** Without the keys whose value is undefined: what is absent is left out, never null. */
export function present<T extends object>(value: T): Present<T> {
  return Object.fromEntries(
    Object.entries(value).filter(([, one]) => one !== undefined),
  ) as Present<T>;
}

type Present<T> = {
  [K in keyof T as undefined extends T[K] ? never : K]: T[K];
} & { [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined> };
