import { beforeAll, describe, expect, test } from 'vitest';
import type { StatusView } from '../../../src/status/view.ts';
import { fleetAfter, project, timeout } from '../../domain/reports.ts';
import { fleets, mixedFleet } from '../../metrics/fleets.ts';
import { leastWorkOf } from '../../stopwatch.ts';
import { largeFleet } from '../large-fleet.ts';
import { newRoutes } from '../routes.ts';
import { emptyView, viewOf } from '../views.ts';
import { hostileNames, hostileView } from './hostile-names.ts';

async function page(view: StatusView, query = ''): Promise<string> {
  const { statusCode, payload } = await newRoutes({ view }).get(`/${query}`);
  expect(statusCode).toBe(200);
  return payload;
}

/** What is to be read, without marks. */
const textOf = (html: string) => html.replaceAll(/<[^>]*>/g, '').replaceAll(/\s+/g, ' ');
const rowsOf = (html: string) => html.match(/<tr class.*?<\/tr>/gs) ?? [];

describe('the status page', () => {
  test('before the first poll says so, and looks again with and without script', async () => {
    const running = await page({ ...emptyView, pollInProgress: true });
    expect(textOf(running)).toContain('The first poll of Atlas has not ended yet. It is running');
    expect(running).toContain('<noscript><meta http-equiv="refresh" content="2"></noscript>');
    expect(running).toContain('data-refresh="2"');
    expect(textOf(await page(emptyView))).toContain('It has not started, or it failed');
  });

  test('looks again by its script alone once there is something to read', async () => {
    const html = await page(await viewOf(fleets.healthy));
    expect(html).not.toContain('http-equiv');
    expect(html).toContain('data-refresh="30"');
  });

  test('of nothing says what to check', async () => {
    const text = textOf(await page(await viewOf(fleets.nothing)));
    expect(text).toContain('No cluster is in scope.');
    expect(text).toContain('the role Project Read Only');
    expect(text).toContain('check --online');
  });

  test('names what could not be read, with reason and remedy', async () => {
    const html = await page(
      await viewOf(
        fleetAfter(
          [
            {
              projects: {
                main: [project('p1', 'payments'), '!gone'],
                walled: { reason: 'ip_not_allowed', endpoint: 'groups', detail: '403 IP' },
                wrong: { reason: 'auth', endpoint: 'groups', detail: '401' },
              },
              clusters: { p1: ['a', 'b'] },
              backups: { 'p1/a': { reason: 'forbidden', endpoint: 's', detail: '' } },
              schedules: { 'p1/b': timeout },
            },
          ],
          { main: ['gone'], walled: [], wrong: [] },
        ),
      ),
    );
    const text = textOf(html);
    for (const words of [
      'The list of projects of account walled: Atlas does not accept the address of this exporter.',
      'The list of projects of account wrong: Atlas refused the credentials.',
      'The snapshots of payments/a: The credentials work but lack a role here.',
      'The backup schedule of payments/b: Atlas did not answer in time.',
      'Project gone: it is in the configuration, but not visible to account main.',
    ]) {
      expect(text).toContain(words);
    }
  });

  test('names ten of many clusters that fail alike, and counts the rest', async () => {
    const html = await page(await viewOf(largeFleet(600)));
    expect(textOf(html)).toMatch(/The snapshots of (\S+, ){9}\S+ and 90 more: Atlas did not/);
  });

  test('says late only of what was looked for after its deadline', async () => {
    const view = await viewOf(largeFleet(60));
    const late = rowsOf(await page(view, '?per_page=1000')).filter((row) =>
      row.includes('late by'),
    );
    expect(late.length).toBeGreaterThan(0);
    expect(late.filter((row) => !row.includes('AtlasBackupOverdue'))).toEqual([]);
  });

  test('links to each state, and shows as many clusters as the link says', async () => {
    const view = await viewOf(mixedFleet);
    const html = await page(view);
    const links = [...html.matchAll(/href="\.\/\?state=(\w+)">[^<]*<b>(\d+)<\/b>/g)];
    expect(links.length).toBeGreaterThan(7);
    for (const [, state, count] of links) {
      const rows = rowsOf(await page(view, `?state=${state}`));
      expect(rows).toHaveLength(Number(count));
      expect(rows.every((row) => row.includes(`data-state="${state}"`))).toBe(true);
    }
  });

  test('keeps what was asked for in its links, its form and its pages', async () => {
    const view = await viewOf(mixedFleet);
    const html = await page(
      view,
      '?project=pay&state=ok&sort=size&order=ascending&per_page=2&page=2',
    );
    expect(html).toContain('value="pay"');
    expect(html).toContain('<option value="ok" selected>');
    expect(html).toContain('<input type="hidden" name="sort" value="size">');
    expect(html).toContain('aria-sort="ascending"');
    const kept = 'project=pay&amp;state=ok&amp;sort=size&amp;order=ascending';
    expect(html).toContain(`href="./?${kept}&amp;page=3&amp;per_page=2" rel="next"`);
    expect(html).toContain(`href="./?${kept}&amp;per_page=2" rel="prev"`);
    expect(textOf(html)).toMatch(/3 to 4 of \d+, page 2 of \d+/);
  });

  test('behind the last page says so, and leads back', async () => {
    const html = await page(await viewOf(fleets.healthy), '?page=7');
    expect(textOf(html)).toContain('There is no page 7.');
    expect(html).toContain('href="./" rel="first"');
  });

  test('lets no name be more than text', async () => {
    const html = await page(await hostileView(), '?per_page=1000');
    expect(rowsOf(html)).toHaveLength(hostileNames.length);
    // Whatever begins an element, ends an attribute or is an attribute of ours is escaped.
    const tags = new Set([...html.matchAll(/<\/?([^\s>]*)/g)].map(([, tag]) => tag));
    expect([...tags].filter((tag) => !/^(!doctype|[a-z][a-z0-9]*)$/.test(tag ?? ''))).toEqual([]);
    expect(
      [...tags].filter((tag) => ['iframe', 'img', 'object', 'base'].includes(tag ?? '')),
    ).toEqual([]);
    expect(html.match(/<script/g)).toHaveLength(1);
    expect(html).not.toMatch(/<[^>"]*\son\w+=/i);
    expect(html).not.toMatch(/href="(?!\.\/|#|https:\/\/github\.com\/)/);
  });

  test.each(hostileNames.slice(0, 40))(
    'does not echo a filter as anything but text: %j',
    async (name) => {
      const view = await viewOf(fleets.healthy);
      const { payload, statusCode } = await newRoutes({ view }).get(
        `/?project=${encodeURIComponent(name.slice(0, 100).toWellFormed())}`,
      );
      expect(statusCode).toBe(200);
      expect(payload.match(/<script/g)).toHaveLength(1);
      expect(payload).not.toMatch(/<[^>"]*\son\w+=/i);
    },
  );
});

describe('of 10,000 clusters', () => {
  let view: StatusView;
  beforeAll(async () => {
    view = await viewOf(largeFleet(10_000));
  }, 60_000);

  test('the page is below 300 kB, and made in less than 50 ms', async () => {
    const { get } = newRoutes({ view });
    const bytes = (await get('/')).rawPayload.length;
    const ms = await leastWorkOf(() => get('/'), 30);
    console.log(`10,000 clusters: ${bytes} bytes, ${ms.toFixed(1)} ms`);
    expect(bytes).toBeLessThan(300_000);
    expect(ms).toBeLessThan(50);
  });
});
