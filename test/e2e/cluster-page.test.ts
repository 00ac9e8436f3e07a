import { describe, expect, test } from 'vitest';
import { systemClock, utcText } from '../../src/domain/time.ts';
import { demoWorld } from '../../src/simulator/world/demo-world.ts';
import { statusAt, timelinesAt } from '../../src/simulator/world/snapshot-timelines.ts';
import type { Cluster } from '../../src/simulator/world/world.ts';
import { samplesOf, valuesOf } from './samples.ts';
import { accountText, configFrom, serving, startedAtlas } from './serving.ts';

const now = Math.floor(systemClock());
const hour = 3600;
const world = demoWorld('cluster page', now);
const clusters = world.projects.flatMap(({ id }) => world.clusters(id));
const named = (name: string): Cluster => {
  const found = clusters.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no cluster ${name}`);
  return found;
};

/** An exporter that has polled the demo's world once; time stands still. */
async function polled(api: 'v2' | 'v1.0' = 'v2') {
  const clock = () => now;
  const atlas = await startedAtlas({ world, clock });
  const config = await configFrom(accountText(atlas.url, `    api: ${api}`));
  const { url, scrape } = await serving({ config, clock });
  const { text: metrics } = await scrape();
  const address = ({ projectId, name }: Cluster) => `/clusters/${projectId}/${name}`;
  const get = async (path: string, init: RequestInit = {}) => {
    const answer = await fetch(url + path, init);
    return { status: answer.status, text: await answer.text() };
  };
  return { atlas, metrics, address, get };
}

/** What somebody reads on a page, without the folded parts' being folded. */
function wordsOf(page: string): string {
  const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
  return page
    .replaceAll(/<(style|script|svg)[\s\S]*?<\/\1>/g, ' ')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/&(#39|\w+);/g, (_, name: string) => entities[name] ?? '?')
    .replaceAll(/\s+/g, ' ');
}

/** The numbers of the page by the names of their series, in their order. */
function numbersOf(page: string): ReadonlyMap<string, readonly number[]> {
  const rows = page.matchAll(/<tr data-series="(\w+)">([\s\S]*?)<\/tr>/g);
  return new Map(
    [...rows].map(([, name = '', row = '']) => [
      name,
      [...row.matchAll(/<(?:time[^>]* datetime|data value)="([^"]+)"/g)].map(([, value = '']) =>
        value.includes('T') ? Date.parse(value) / 1000 : Number(value),
      ),
    ]),
  );
}

test('the numbers on the page and in the JSON of each cluster are those of /metrics', async () => {
  const { metrics, get, address } = await polled();
  const samples = samplesOf(metrics);
  let compared = 0;
  for (const cluster of clusters) {
    const its = samples.filter(
      ({ labels }) =>
        labels['project_id'] === cluster.projectId && labels['cluster'] === cluster.name,
    );
    const { text: page } = await get(address(cluster));
    const shown = numbersOf(page);
    const names = new Set(its.map(({ name }) => name));
    for (const name of names) expect([...shown.keys()]).toContain(name);
    for (const [name, values] of shown) {
      const there = its.filter((sample) => sample.name === name);
      if (name.endsWith('_info')) expect(page.includes(name)).toBe(true);
      else expect([name, ...values]).toEqual([name, ...there.map(({ value }) => value)]);
      compared += there.length;
    }
    const { series } = JSON.parse((await get(`/api/v1${address(cluster)}`)).text);
    const asSeries = its.map(
      ({ name, labels: { project_id, project, cluster: of, ...labels }, value }) => ({
        name,
        labels,
        value,
      }),
    );
    const told = series.map((one: { labels: Record<string, string> }) => ({
      ...one,
      // A label whose value is not known is left out of /metrics.
      labels: Object.fromEntries(Object.entries(one.labels).filter(([, text]) => text !== '')),
    }));
    const ordered = (all: readonly object[]) => all.map((one) => JSON.stringify(one)).toSorted();
    expect(ordered(told)).toEqual(ordered(asSeries));
  }
  expect(compared).toBeGreaterThan(clusters.length * 15);
});

describe('from the words of a late cluster’s page, a stranger can tell', () => {
  test('when a snapshot was due, by which policy item, and since when the exporter knows', async () => {
    const { metrics, get, address } = await polled();
    const wallet = named('wallet');
    const { cloud } = wallet;
    if (cloud === undefined) throw new Error('it has no backups');
    const newest = Math.max(
      ...timelinesAt(wallet, cloud, now)
        .filter((timeline) => statusAt(timeline, now) === 'completed')
        .map(({ takenAt }) => takenAt),
    );
    const sixHourly = cloud.policy.items.find(({ frequencyType }) => frequencyType === 'hourly');
    const [polledAt = 0] = valuesOf(metrics, 'exporter_poll_last_completed_timestamp_seconds');

    const words = wordsOf((await get(address(wallet))).text);
    expect(words).toMatch(/Late payments\/wallet/);
    const due =
      /Due (\S+ \S+ UTC) \([^)]*\) ?\. Its snapshots were last read .* nothing newer/.exec(words);
    expect(due?.[1]).toBe(utcText(newest + 7 * hour));
    const item =
      /objective of (\w+): the policy item “([^”]+)” \(id (\w+)\) allows no longer gap/.exec(words);
    expect(item?.slice(1)).toEqual(['6h', 'every 6 hours, kept 7 days', sixHourly?.id]);
    const known =
      /AtlasBackupOverdue critical .*?First seen by the exporter (\S+ \S+ UTC) \([^)]*\) ?, when the exporter started/.exec(
        words,
      );
    expect(known?.[1]).toBe(utcText(polledAt));
  });
});

describe('the page of one snapshot', () => {
  const kinds = [
    ['v2', 'wallet', 'Replica set wallet'],
    ['v2', 'warehouse', 'Shards'],
    ['v2', 'feature-flags', 'Kind Flex backup'],
    ['v2', 'archive-2019', 'Replica sets'],
    ['v1.0', 'wallet', 'Replica set wallet'],
    ['v1.0', 'warehouse', 'Shards'],
    ['v1.0', 'archive-2019', 'Replica sets'],
  ] as const;

  test.each(kinds)('through %s, of %s, is read once by its id', async (api, name, told) => {
    const { atlas, get, address } = await polled(api);
    const cluster = named(name);
    const { snapshots } = JSON.parse((await get(`/api/v1${address(cluster)}`)).text);
    const [{ id }] = snapshots;
    const path = `${address(cluster)}/snapshots/${id}`;
    atlas.requestLog.reset();
    const asked = () => atlas.requestLog.entries.filter(({ status }) => status !== 401).length;
    expect((await get(path, { method: 'HEAD' })).status).toBe(200);
    expect(asked()).toBe(0);
    const page = await get(path);
    expect(page.status).toBe(200);
    const words = wordsOf(page.text);
    expect(words).toContain('Read from Atlas by its id');
    expect(words).toContain(told);
    const calls = asked();
    // The other listing is asked first where a cluster may have both kinds.
    expect(calls).toBe(name === 'archive-2019' ? 2 : 1);
    await get(path);
    expect(asked()).toBe(calls);
  });

  test('of an id that is not listed calls nobody', async () => {
    const { atlas, get, address } = await polled();
    atlas.requestLog.reset();
    for (const id of ['000000000000000000000000', 'x', '..%2F..']) {
      expect(await get(`${address(named('wallet'))}/snapshots/${id}`)).toEqual({
        status: 404,
        text: 'not found\n',
      });
    }
    expect(atlas.requestLog.total).toBe(0);
  });

  test('is made of the listing when Atlas fails, and says why', async () => {
    const { atlas, get, address } = await polled();
    const wallet = named('wallet');
    const { snapshots } = JSON.parse((await get(`/api/v1${address(wallet)}`)).text);
    const body = JSON.stringify({ error: 403, errorCode: 'ACCESS_FORBIDDEN' });
    atlas.intercept(({ authorised }) => (authorised ? { status: 403, body } : undefined));
    const { status, text } = await get(`${address(wallet)}/snapshots/${snapshots[0].id}`);
    expect(status).toBe(200);
    expect(wordsOf(text)).toContain(
      'Grant Project Read Only on this project. (forbidden, snapshot, 403',
    );
    expect(wordsOf(text)).toContain('Tried ');
  });
});
