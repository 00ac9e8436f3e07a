import { z } from 'zod';
import { parseBaseUrl, parseExternalUrl } from './base-url.ts';
import { durationFault, needsUnit, parseDuration } from './duration.ts';
import { parseListenAddress } from './listen-address.ts';
import type { Parsed } from './parsed.ts';
import { parseProxyUrl } from './proxy.ts';
import { secretFault } from './secret.ts';

/**
 * The kinds of values that keys have, each with its own words for what is wrong. A pattern is for
 * the JSON schema alone: it refuses what is surely wrong, in a syntax that every language knows.
 */

const unavailable = 'is not available in this version';

function read<T>(parse: (text: string) => Parsed<T>) {
  return (text: string, context: z.RefinementCtx<string>): T => {
    const parsed = parse(text);
    if ('value' in parsed) return parsed.value;
    context.addIssue({ code: 'custom', message: parsed.refused });
    return z.NEVER;
  };
}

const durationPattern = '([0-9]+(y|w|d|h|m|s|ms))+';

/** Seconds, from a text with a unit, between two such texts. */
export function duration(least: string, most: string) {
  return z
    .string({ error: ({ input }) => notText(input) })
    .meta({ pattern: `^${durationPattern}$`, values: `${least} to ${most}` })
    .transform(read((text) => durationWithin(text, least, most)));
}

/** The same, or the word `none`. */
export function rpo(least: string, most: string) {
  return z
    .string({ error: ({ input }) => notText(input) })
    .meta({
      pattern: `^(none|${durationPattern})$`,
      values: `${least} to ${most}, or \`none\``,
    })
    .transform(
      read(
        (text): Parsed<number | 'none'> =>
          text === 'none' ? { value: text } : durationWithin(text, least, most),
      ),
    );
}

function durationWithin(text: string, least: string, most: string): Parsed<number> {
  const seconds = parseDuration(text);
  if (seconds === undefined) return { refused: durationFault(text) };
  if (seconds < (parseDuration(least) ?? 0)) return { refused: `must be at least ${least}` };
  if (seconds > (parseDuration(most) ?? 0)) return { refused: `must be at most ${most}` };
  return { value: seconds };
}

function notText(input: unknown): string | undefined {
  if (input === undefined) return undefined;
  return typeof input === 'number' ? needsUnit : 'expected a duration, for example 5m';
}

export const baseUrl = z
  .string()
  .meta({ pattern: '^https?://[^/?#@]+/?$' })
  .transform(read(parseBaseUrl));
export const externalUrl = z
  .string()
  .meta({ pattern: '^(https?://[^?#@]+)?$' })
  .transform(read(parseExternalUrl));
export const listenAddress = z
  .string()
  .meta({ pattern: '^[^/]*:[0-9]{1,5}$' })
  .transform(read(parseListenAddress));

export function secretText(rule: { readonly colonAllowed: boolean }) {
  return z.string().transform(
    read((text) => {
      const fault = secretFault(text, rule.colonAllowed);
      return fault === undefined ? { value: text.trim() } : { refused: fault };
    }),
  );
}

/** Stays text: it may hold a password. Empty: no proxy, whatever the environment says. */
export const proxyUrl = z.string().transform(
  read((text) => {
    const fault = text === '' ? undefined : (secretFault(text, true) ?? proxyFault(text));
    return fault === undefined ? { value: text.trim() } : { refused: fault };
  }),
);

function proxyFault(text: string): string | undefined {
  const parsed = parseProxyUrl(text.trim());
  return 'refused' in parsed ? parsed.refused : undefined;
}

/** Goes into labels, logs and comparisons. */
export const plainText = z
  .string()
  .min(1)
  .max(256)
  .refine((text) => !/\p{C}/u.test(text), 'must not have a control character')
  .refine((text) => text === text.trim(), 'must not start or end with a space');

export const clusterGlob = plainText
  .refine(
    (text) => text === '*' || /^.+\/[^/]+$/.test(text),
    'must be project/cluster, for example billing/* or */orders',
  )
  .meta({ pattern: '^([*]|.+/[^/]+)$' });

/** Characters that a router takes literally. */
export const telemetryPath = z
  .string()
  .regex(/^\/[A-Za-z0-9_.~/-]*$/, 'must start with / and have only letters, digits and . _ ~ - /')
  .refine((path) => !/\/$|\/\//.test(path), 'must not be / alone, end with / or have an empty part')
  .refine(
    (path) => !/^\/(?:-|api|clusters)(?:\/|$)/.test(path),
    'is a path that the exporter needs for itself',
  );

/** On or off, in a later version. Now only off. */
export const unavailableFlag = z
  .boolean()
  .refine((on) => !on, unavailable)
  .meta({ const: false });
export const unavailableList = z
  .array(plainText)
  .refine((list) => list.length === 0, unavailable)
  .meta({ maxItems: 0 });
