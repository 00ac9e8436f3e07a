import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { clusterFamilies } from '../../src/collectors/families.ts';
import { type CollectorName, collectorNames } from '../../src/domain/collectors.ts';
import { formats } from '../../src/metrics/encoding.ts';
import { pageAt } from '../../src/metrics/page.ts';
import type { PreparedPage } from '../../src/metrics/prepared.ts';
import { cluster, fleetAfter } from '../domain/reports.ts';
import { completed } from '../domain/snapshots.ts';
import { parsed, samplesBy } from './exposition.ts';
import { day, fleetNames, fleets, hour, mixedFleet, noon } from './fleets.ts';
import { pageBytes } from './page-bytes.ts';
import { prepared, text, textAt } from './pages.ts';

const own = '# HELP own_info Own.\n# TYPE own_info gauge\nown_info{text="ü💾"} 1\n';

describe.each(formats)('in the %s format', (format) => {
  test.each([...fleetNames, 'mixed'] as const)(
    'the gzip page inflates to the plain one of the same second: %s',
    async (name) => {
      const page = await prepared(name === 'mixed' ? mixedFleet : fleets[name]);
      for (const now of [noon, noon + 0.7, noon + day]) {
        const plain = await pageAt(page, own, now, { format, gzip: false });
        const packed = await pageAt(page, own, now, { format, gzip: true });
        expect(gunzipSync(pageBytes(packed)).equals(pageBytes(plain))).toBe(true);
        expect([plain.contentEncoding, packed.contentEncoding]).toEqual([undefined, 'gzip']);
        expect(packed.contentType).toBe(plain.contentType);
      }
    },
  );

  test('a page ends with a newline, whatever is on it', async () => {
    for (const name of fleetNames) {
      const shown = await pageAt(await prepared(fleets[name]), own, noon, { format, gzip: false });
      const page = pageBytes(shown).toString();
      expect(page.endsWith('\n')).toBe(true);
      expect(parsed(page, format).some((family) => family.name === 'own_info')).toBe(true);
    }
  });

  test('compressed pages share what is fixed, and of one second all but the own families', async () => {
    const partsAt = async (of: PreparedPage, now: number) => {
      const parts: Buffer[] = [];
      for await (const part of (await pageAt(of, own, now, { format, gzip: true })).body) {
        parts.push(part);
      }
      return parts;
    };
    const page = await prepared(mixedFleet);
    const [fixed, ages] = await partsAt(page, noon);
    const sameSecond = await partsAt(page, noon + 0.9);
    expect(sameSecond[0]).toBe(fixed);
    expect(sameSecond[1]).toBe(ages);
    const later = await partsAt(page, noon + 1);
    expect(later[0]).toBe(fixed);
    expect(later[1]).not.toBe(ages);
    expect((await partsAt(await prepared(mixedFleet), noon))[0]).not.toBe(fixed);
  });

  test.each([true, false])('a page is as long as it says; gzip: %s', async (gzip) => {
    const page = await pageAt(await prepared(mixedFleet), own, noon, { format, gzip });
    expect(pageBytes(page).length).toBe(page.length);
  });

  test('there are as many series as the page says', async () => {
    const page = await prepared(mixedFleet);
    const families = parsed(await textAt(page, noon, format), format);
    expect(families.flatMap(({ samples }) => samples)).toHaveLength(page.series);
  });
});

test('only OpenMetrics ends with # EOF', async () => {
  expect(await text(fleets.healthy, 'openmetrics')).toMatch(/\n# EOF\n$/);
  expect(await text(fleets.healthy, 'text')).not.toContain('# EOF');
});

test('both formats carry the same series', async () => {
  const lines = async (format: 'text' | 'openmetrics') =>
    (await text(mixedFleet, format)).split('\n').filter((line) => !line.startsWith('#'));
  expect(await lines('openmetrics')).toEqual(await lines('text'));
});

test('the page does not depend on the order in which Atlas answered', async () => {
  const keys = ['b/two', 'a/one', 'b/one', 'a/two'];
  const fleetIn = (projects: readonly string[], clusters: readonly string[]) =>
    fleetAfter([
      {
        projects: { main: [...projects] },
        clusters: Object.fromEntries(
          projects.map((id) => [
            id,
            clusters.filter((key) => key.startsWith(id)).map((key) => cluster(key)),
          ]),
        ),
        backups: Object.fromEntries(clusters.map((key) => [key, [completed(noon - hour)]])),
      },
    ]);
  expect(await text(fleetIn(['b', 'a'], keys))).toBe(
    await text(fleetIn(['a', 'b'], keys.toReversed())),
  );
});

describe('the ages', () => {
  const ages = async (now: number) => {
    const page = await prepared(fleets.healthy);
    const samples = samplesBy(parsed(await textAt(page, now), 'text'));
    const sampleOf = (name: string) => samples.get(`mongodbatlas_backup_${name}`)?.[0]?.value;
    return {
      age: sampleOf('snapshot_last_completed_age_seconds'),
      expiresIn: sampleOf('snapshot_last_completed_expires_in_seconds'),
      takenAt: sampleOf('snapshot_last_completed_timestamp_seconds'),
    };
  };

  test('move with the clock while the generation stands still', async () => {
    const [first, later] = [await ages(noon), await ages(noon + 90)];
    expect(first).toEqual({ age: 1800, expiresIn: 7 * day - 1800, takenAt: noon - 1800 });
    expect(later).toEqual({ age: 1890, expiresIn: 7 * day - 1890, takenAt: noon - 1800 });
  });

  test('are whole seconds, and time left is negative once it has passed', async () => {
    expect(await ages(noon + 30 * day + 0.9)).toMatchObject({
      age: 30 * day + 1800,
      expiresIn: -23 * day - 1800,
    });
  });

  test('change nothing else on the page', async () => {
    const page = await prepared(mixedFleet);
    const settledAt = async (now: number) =>
      (await textAt(page, now))
        .split('\n')
        .filter((line) => !/_(age|expires_in)_seconds\{/.test(line));
    expect(await settledAt(noon + 12_345)).toEqual(await settledAt(noon));
  });

  test('go on growing when what was read has long been too old for the rest', async () => {
    const samples = samplesBy(
      parsed(await textAt(await prepared(fleets.expired), noon + day), 'text'),
    );
    expect(samples.get('mongodbatlas_backup_snapshot_last_completed_age_seconds')?.[0]?.value).toBe(
      day + 1800,
    );
  });

  test('are left out on request, and nothing else is', async () => {
    const names = async (relative: boolean) =>
      parsed(await textAt(await prepared(mixedFleet, { relative }), noon), 'text').map(
        ({ name }) => name,
      );
    const withAges = await names(true);
    expect(await names(false)).toEqual(
      withAges.filter((name) => !/_(age|expires_in)_seconds$/.test(name)),
    );
    expect(withAges.filter((name) => /_(age|expires_in)_seconds$/.test(name))).toHaveLength(2);
  });
});

describe('what the configuration leaves out', () => {
  const namesWith = async (
    options: Parameters<typeof prepared>[1],
    on: readonly CollectorName[] = collectorNames,
  ) =>
    parsed(await textAt(await prepared(mixedFleet, options, on), noon), 'text').map(
      ({ name }) => name,
    );

  test('is every family of a collector that is off, and nothing else', async () => {
    const without = await namesWith({}, ['clusters', 'snapshots']);
    const schedule = clusterFamilies
      .filter(({ collector }) => collector === 'schedule')
      .map(({ name }) => name);
    const all = await namesWith({});
    expect(all).toEqual(expect.arrayContaining(schedule));
    expect(without).toEqual(all.filter((name) => !schedule.includes(name)));
  });

  test('is by default what has a key of its own', async () => {
    const all = await namesWith({});
    expect(await namesWith({ optIns: new Set() })).toEqual(
      all.filter((name) => !/_policy_(interval|retention)_seconds$/.test(name)),
    );
  });
});

describe('a limit on the number of series', () => {
  const fleet = fleetAfter([
    {
      projects: { main: ['p'] },
      clusters: { p: ['a', 'b', 'c'] },
      backups: { 'p/a': [completed(noon)], 'p/b': [completed(noon)], 'p/c': [] },
    },
  ]);
  const seriesOf = async (maxSeries: number) => {
    const page = await prepared(fleet, { maxSeries });
    const samples = [...samplesBy(parsed(await textAt(page, noon), 'text')).values()].flat();
    const perCluster = Map.groupBy(samples, ({ labels }) => labels['cluster'] ?? '');
    return { page, samples, count: (name: string) => perCluster.get(name)?.length ?? 0 };
  };

  test('leaves out whole clusters, counts their series, and makes the page incomplete', async () => {
    const all = await seriesOf(1_000);
    expect(all.page).toMatchObject({
      complete: true,
      seriesDropped: 0,
      series: all.samples.length,
    });
    const oneLess = await seriesOf(all.samples.length - 1);
    expect(oneLess.count('a')).toBe(all.count('a'));
    expect(oneLess.count('b')).toBe(all.count('b'));
    expect(oneLess.count('c')).toBe(0);
    expect(oneLess.page).toMatchObject({ complete: false, seriesDropped: all.count('c') });
  });

  test('keeps the projects, and lets a small cluster in where a large one does not fit', async () => {
    const all = await seriesOf(1_000);
    const room = all.count('') + all.count('a') + all.count('c');
    const cut = await seriesOf(room);
    expect([cut.count(''), cut.count('a'), cut.count('b'), cut.count('c')]).toEqual([
      all.count(''),
      all.count('a'),
      0,
      all.count('c'),
    ]);
  });

  test.each([0, 1, 10, 30, 50, 80])('of %i is kept', async (maxSeries) => {
    const { samples, page } = await seriesOf(maxSeries);
    expect(samples.length).toBeLessThanOrEqual(maxSeries);
    expect(samples.length).toBe(page.series);
  });
});
