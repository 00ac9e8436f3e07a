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

/** A text that is read as something; with what it may be, for the JSON schema and in words. */
function parsed<T>(
  parse: (text: string) => Parsed<T>,
  meta: { readonly pattern?: string; readonly values?: string } = {},
  error?: (issue: { readonly input: unknown }) => string | undefined,
) {
  return z
    .string({ error })
    .meta(meta)
    .transform((text, context): T => {
      const found = parse(text);
      if ('value' in found) return found.value;
      context.addIssue({ code: 'custom', message: found.refused });
      return z.NEVER;
    });
}

const durationPattern = '([0-9]+(y|w|d|h|m|s|ms))+';

/** Seconds, from a text with a unit, between two such texts. */
export function duration(min: string, max: string) {
  const meta = { pattern: `^${durationPattern}$`, values: `${min} to ${max}` };
  return parsed((text) => durationWithin(text, min, max), meta, notText);
}

/** The same, or the word `none`. */
export function rpo(min: string, max: string) {
  return parsed<number | 'none'>(
    (text) => (text === 'none' ? { value: text } : durationWithin(text, min, max)),
    { pattern: `^(none|${durationPattern})$`, values: `${min} to ${max}, or \`none\`` },
    notText,
  );
}

function durationWithin(text: string, min: string, max: string): Parsed<number> {
  const seconds = parseDuration(text);
  if (seconds === undefined) return { refused: durationFault(text) };
  if (seconds < (parseDuration(min) ?? 0)) return { refused: `must be at least ${min}` };
  if (seconds > (parseDuration(max) ?? 0)) return { refused: `must be at most ${max}` };
  return { value: seconds };
}

function notText({ input }: { readonly input: unknown }): string | undefined {
  if (input === undefined) return undefined;
  return typeof input === 'number' ? needsUnit : 'expected a duration, for example 5m';
}

export const baseUrl = parsed(parseBaseUrl, { pattern: '^https?://[^/?#@]+/?$' });
export const externalUrl = parsed(parseExternalUrl, { pattern: '^(https?://[^?#@]+)?$' });
export const listenAddress = parsed(parseListenAddress, { pattern: '^[^/]*:[0-9]{1,5}$' });

export function secretText({ colonAllowed }: { readonly colonAllowed: boolean }) {
  return parsed((text) => trimmed(text, secretFault(text, colonAllowed)));
}

/** Stays text: it may hold a password. Empty: no proxy, whatever the environment says. */
export const proxyUrl = parsed((text) => {
  if (text === '') return { value: text };
  const read = parseProxyUrl(text.trim());
  return trimmed(text, secretFault(text, true) ?? ('refused' in read ? read.refused : undefined));
});

function trimmed(text: string, fault: string | undefined): Parsed<string> {
  return fault === undefined ? { value: text.trim() } : { refused: fault };
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

/** On or off in a later version, now only off. */
export const unavailableFlag = z
  .boolean()
  .refine((on) => !on, unavailable)
  .meta({ const: false });
export const unavailableList = z
  .array(plainText)
  .refine((list) => list.length === 0, unavailable)
  .meta({ maxItems: 0 });
