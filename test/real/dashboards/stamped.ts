import type { UnixSeconds } from '../../../src/domain/time.ts';
import type { Exporter } from '../../../src/exporter/exporter.ts';
import { pageBytes } from '../../metrics/page-bytes.ts';

export type Target = { readonly job: string; readonly instance: string };

/** A scrape of this moment in OpenMetrics, as Prometheus keeps it: labels of the target, a time, and `up`. */
export async function stampedPage(
  { page, telemetry }: Exporter,
  { job, instance }: Target,
  at: UnixSeconds,
): Promise<string> {
  telemetry.scraped(0.002);
  const shown = await page({ format: 'openmetrics', gzip: false });
  const own = `job="${job}",instance="${instance}"`;
  const samples = pageBytes(shown)
    .toString()
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      // Label values may hold anything; a value never holds a brace or a space.
      const [, name = '', labels, value = ''] = /^([\w:]+)(?:\{(.*)\})? (\S+)$/s.exec(line) ?? [];
      return `${name}{${own}${labels === undefined ? '' : `,${labels}`}} ${value} ${at}`;
    });
  return `${samples.join('\n')}\nup{${own}} 1 ${at}\n`;
}
