import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect } from 'vitest';
import {
  type Format,
  formats,
  headerLines,
  labelPairs,
  sampleLine,
} from '../../src/metrics/encoding.ts';
import { pageAt } from '../../src/metrics/page.ts';
import { cluster, fleetAfter, project } from '../domain/reports.ts';
import { completed, noon } from '../domain/snapshots.ts';
import { parsed } from '../metrics/exposition.ts';
import { pageBytes } from '../metrics/page-bytes.ts';
import { prepared } from '../metrics/pages.ts';
import { fuzz } from './fuzzing.ts';
import { hostileText } from './likeness.ts';

const long = fc.string({
  unit: fc.constantFrom('a', '"', '💾', '\n'),
  minLength: 257,
  maxLength: 600,
});
const text = fc.oneof(
  { weight: 4, arbitrary: hostileText },
  long,
  long.map((value) => `${'x'.repeat(300)}${value}`),
);

/** A whole fleet of one project, in which each text stands where Atlas's texts do. */
function fleetOf(projectName: string, names: readonly string[], version: string) {
  const clusters = names.map((name, n) => ({
    ...cluster('p1/x', { id: `c${n}`, mongodbVersion: version, instanceSize: version }),
    name,
  }));
  const newest = completed(noon - 60, { mongodbVersion: version });
  return fleetAfter([
    {
      projects: { main: [project('p1', projectName)] },
      clusters: { p1: clusters },
      backups: Object.fromEntries(names.map((name) => [`p1/${name}`, [newest]])),
    },
  ]);
}

/** Text that is valid and short stands on the page as it is; all other is mended, and stays apart. */
function judge(shown: string | undefined, given: string): void {
  const whole = given.isWellFormed() && Buffer.byteLength(given) <= 256;
  if (whole) expect(shown).toBe(given === '' ? undefined : given);
  expect(shown?.isWellFormed() ?? true).toBe(true);
  expect(Buffer.byteLength(shown ?? '')).toBeLessThanOrEqual(256);
}

fuzz(
  'labels',
  fc.asyncProperty(
    text,
    fc.uniqueArray(text, { minLength: 1, maxLength: 3 }),
    text,
    async (projectName, names, version) => {
      const page = await prepared(fleetOf(projectName, names, version));
      const bodyOf = async (format: Format, gzip: boolean) =>
        pageBytes(await pageAt(page, '', noon, { format, gzip }));
      for (const format of formats) {
        const body = await bodyOf(format, false);
        expect(gunzipSync(await bodyOf(format, true)).equals(body)).toBe(true);
        const samples = parsed(new TextDecoder('utf-8', { fatal: true }).decode(body), format)
          .flatMap((family) => family.samples)
          .filter(({ name }) => name === 'mongodbatlas_backup_cluster_info');
        // By key, which is how the page is sorted.
        const sorted = names.toSorted((one, other) => (`p1/${one}` < `p1/${other}` ? -1 : 1));
        expect(samples).toHaveLength(names.length);
        for (const [n, { labels }] of samples.entries()) {
          judge(labels['cluster'], sorted[n] ?? '');
          judge(labels['project'], projectName);
          judge(labels['mongodb_version'], version);
        }
        expect(new Set(samples.map(({ labels }) => labels['cluster'])).size).toBe(names.length);
      }
    },
  ),
);

const header = headerLines({ name: 'a_gauge', help: 'Help.', type: 'gauge' }, 'text');

/** The label as a reader of the page gets it. */
function readBack(value: string): string | undefined {
  const page = header + sampleLine('a_gauge', labelPairs({ label: value }), 1);
  return parsed(page, 'text')[0]?.samples[0]?.labels['label'];
}

fuzz(
  'labelValues',
  fc.property(text, text, (one, other) => {
    judge(readBack(one), one);
    if (one !== other) expect(readBack(one)).not.toBe(readBack(other));
  }),
);
