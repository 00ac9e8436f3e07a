import { errors, RefusedRequest } from './reply.ts';

/** The dated versions of one resource, oldest first. */
export type Versions = readonly [string, ...string[]];

/** What nearly every resource has alone. */
export const firstVersion: Versions = ['2023-01-01'];

// All versions that Atlas has replaced so far announce the same end.
const replaced = {
  Deprecation: 'Mon, 5 Aug 2024 00:00:00 GMT',
  Sunset: 'Thu, 1 Jul 2027 00:00:00 GMT',
};

/** The newest version not after the date that is asked for. @throws RefusedRequest */
export function negotiate(accept: string, versions: Versions, gone: readonly string[]) {
  const asked = /^\s*application\/vnd\.atlas\.(\d{4}-\d{2}-\d{2})\+json\s*(?:[,;].*)?$/.exec(
    accept,
  )?.[1];
  const version =
    asked === undefined || !isDate(asked) ? undefined : versions.findLast((date) => date <= asked);
  if (version === undefined) throw new RefusedRequest(errors.badVersion, accept);
  if (gone.includes(version)) throw new RefusedRequest(errors.goneVersion, version);
  const contentType = `application/vnd.atlas.${version}+json;charset=utf-8`;
  const warnings = version === versions.at(-1) ? {} : replaced;
  return { version, headers: { 'Content-Type': contentType, ...warnings } };
}

function isDate(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
