import type { Format } from '../metrics/encoding.ts';

/** One element of an Accept header: the thing, its parameters in lower case, and how much it is preferred. */
type Preference = {
  readonly name: string;
  readonly parameters: ReadonlyMap<string, string>;
  readonly quality: number;
};

/**
 * The format a scraper likes best (RFC 9110 §12.5.1). Own reading: negotiation libraries match
 * parameters exactly, and Prometheus adds some, such as `escaping`, that name no other format.
 */
export function acceptedFormat(accept: string | undefined): Format {
  const preferences = preferencesOf(accept);
  const quality = (type: string, versions: readonly (string | undefined)[]) =>
    bestQuality(
      preferences.filter(
        ({ name, parameters }) => name === type && versions.includes(parameters.get('version')),
      ),
    );
  const openMetrics = quality('application/openmetrics-text', ['1.0.0', '0.0.1', undefined]);
  const text = quality('text/plain', ['0.0.4', undefined]);
  return openMetrics > 0 && openMetrics >= text ? 'openmetrics' : 'text';
}

/** Whether a gzip body may be sent (RFC 9110 §12.5.3). */
export function acceptsGzip(acceptEncoding: string | undefined): boolean {
  const preferences = preferencesOf(acceptEncoding);
  const named = preferences.filter(({ name }) => name === 'gzip' || name === 'x-gzip');
  const wildcard = preferences.filter(({ name }) => name === '*');
  return bestQuality(named.length > 0 ? named : wildcard) > 0;
}

function bestQuality(preferences: readonly Preference[]): number {
  return Math.max(0, ...preferences.map(({ quality }) => quality));
}

function preferencesOf(header: string | undefined): readonly Preference[] {
  return (header ?? '').split(',').flatMap((element) => {
    const [name = '', ...rest] = element.split(';').map((part) => part.trim().toLowerCase());
    if (name === '') return [];
    const parameters = new Map(
      rest.map((part) => {
        const [key = '', value = ''] = part.split('=', 2);
        return [key.trim(), value.trim()];
      }),
    );
    const quality = Number(parameters.get('q') ?? 1);
    return [{ name, parameters, quality: Number.isFinite(quality) ? quality : 0 }];
  });
}
