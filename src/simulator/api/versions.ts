/** The dated versions of one resource, oldest first. */
export type Versions = {
  readonly dates: readonly [string, ...string[]];
  /** When those before the last were replaced and when they end, as HTTP dates. */
  readonly ageing?: { readonly deprecation: string; readonly sunset: string };
};

const ageing = {
  deprecation: 'Mon, 5 Aug 2024 00:00:00 GMT',
  sunset: 'Thu, 1 Jul 2027 00:00:00 GMT',
};

export const first: Versions = { dates: ['2023-01-01'] };
export const flexVersions: Versions = { dates: ['2024-11-13'] };
export const clusterVersions: Versions = {
  dates: ['2023-01-01', '2023-02-01', '2024-08-05'],
  ageing,
};
export const scheduleVersions: Versions = { dates: ['2023-01-01', '2024-08-05'], ageing };

export type Negotiated =
  | {
      readonly kind: 'served';
      readonly version: string;
      readonly headers: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'invalid' }
  | { readonly kind: 'gone'; readonly version: string };

/** The newest version not after the date that is asked for. */
export function negotiate(
  accept: string | undefined,
  versions: Versions,
  gone: readonly string[],
): Negotiated {
  const asked = /^\s*application\/vnd\.atlas\.(\d{4}-\d{2}-\d{2})\+json\s*(?:[,;].*)?$/.exec(
    accept ?? '',
  )?.[1];
  if (asked === undefined || !isDate(asked)) return { kind: 'invalid' };
  const version = versions.dates.findLast((date) => date <= asked);
  if (version === undefined) return { kind: 'invalid' };
  if (gone.includes(version)) return { kind: 'gone', version };
  const contentType = `application/vnd.atlas.${version}+json;charset=utf-8`;
  const old = version === versions.dates.at(-1) ? undefined : versions.ageing;
  const warnings = old === undefined ? {} : { Deprecation: old.deprecation, Sunset: old.sunset };
  return { kind: 'served', version, headers: { 'Content-Type': contentType, ...warnings } };
}

function isDate(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
