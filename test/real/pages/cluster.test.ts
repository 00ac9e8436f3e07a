import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Program, startProgram } from '../../e2e/program.ts';
import {
  chromiumPath,
  complaintsOf,
  newTab,
  schemes,
  startBrowser,
  violations,
} from './browser.ts';

/** What must stand on the page of each kind of cluster. */
const said: Readonly<Record<string, readonly string[]>> = {
  'payments/ledger': ['OK', 'sets the interval', 'Continuous backup', 'Timeline'],
  'payments/cards': ['every 2 hours'],
  'payments/settlement': ['AtlasBackupLastAttemptFailed', 'The newest snapshot to end failed'],
  'payments/fraud': ['sharded'],
  'payments/wallet': ['Late', 'AtlasBackupOverdue', 'nothing newer was there: late by'],
  'payments/disputes': ['AtlasBackupStuck', 'has not ended'],
  'payments/archive-2019': ['legacy', 'no schedule of legacy backups is slower'],
  'platform/users': ['fallback', 'on demand'],
  'platform/search': ['global (geosharded)'],
  'platform/notifications': [
    'Never taken',
    'There are none.',
    'so the creation of the cluster counts',
  ],
  'platform/feature-flags': [
    'flex',
    'Atlas takes one snapshot a day',
    'Atlas shows none of flex clusters',
  ],
  'platform/sandbox': ['No backups', 'A free cluster cannot have backups'],
  'platform/events': ['AtlasBackupRecoverability'],
  'platform/billing': ['legacy'],
  'analytics/reports': ['Paused', 'The cluster is paused.'],
  'analytics/scratch': ['Disabled', 'Backup is switched off in Atlas'],
  'analytics/exports': ['Disabled', 'there is none'],
  'analytics/dashboards': ['flex'],
  'analytics/trial': ['Awaiting first'],
};

const unfold = "document.querySelectorAll('details').forEach((one) => (one.open = true))";

/** Every badge, notice, card and table is on one of these. */
const sound = [
  'payments/ledger',
  'payments/settlement',
  'payments/disputes',
  'platform/notifications',
  'platform/feature-flags',
  'platform/sandbox',
  'analytics/reports',
  'analytics/exports',
];

describe.skipIf(chromiumPath === undefined)('in Chromium, the pages of the demo’s clusters', () => {
  let browser: Browser;
  let program: Program;
  let root: string;
  let addresses: ReadonlyMap<string, string>;

  beforeAll(async () => {
    program = startProgram(['demo', '--web.listen-address', '127.0.0.1:0']);
    [browser, root] = await Promise.all([startBrowser(), program.printed(/Status page +(\S+)/)]);
    await (await fetch(new URL('metrics', root))).text();
    const listed = await fetch(new URL('api/v1/clusters?per_page=100', root));
    const { clusters } = (await listed.json()) as {
      clusters: readonly Readonly<Record<'project' | 'project_id' | 'cluster', string>>[];
    };
    addresses = new Map(
      clusters.map(({ project: p, project_id: id, cluster: c }) => [
        `${p}/${c}`,
        `${root}clusters/${id}/${c}`,
      ]),
    );
  });
  afterAll(async () => {
    await browser?.close();
    await program?.stop();
  });

  /** Wider than the window: it would have to be scrolled sideways. */
  const tooWide = (tab: Page) =>
    tab.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth');

  test('say for each kind of cluster what there is to say', async () => {
    const tab = await newTab(browser);
    const complaints = complaintsOf(tab);
    for (const [name, words] of Object.entries(said)) {
      const address = addresses.get(name);
      expect(address, name).toBeDefined();
      await tab.goto(address ?? '');
      const text = (await tab.evaluate('document.body.textContent')) as string;
      for (const one of words) expect(text, name).toContain(one);
    }
    expect(complaints).toEqual([]);
  });

  test.each(schemes)(
    'are sound for readers of every kind in %s colours',
    async (colorScheme) => {
      const tab = await newTab(browser, { colorScheme });
      const complaints = complaintsOf(tab);
      for (const name of sound) {
        await tab.goto(addresses.get(name) ?? '');
        expect(await violations(tab), name).toEqual([]);
      }
      await tab.goto(addresses.get('payments/wallet') ?? '');
      await tab.evaluate(unfold);
      expect(await violations(tab)).toEqual([]);
      for (const name of ['payments/wallet', 'payments/fraud', 'payments/archive-2019']) {
        await tab.goto(addresses.get(name) ?? '');
        await tab.locator('table a[href*="/snapshots/"]').first().click();
        await tab.getByRole('heading', { level: 1, name: /Snapshot/ }).waitFor();
        expect(await violations(tab), name).toEqual([]);
        await tab.getByRole('link', { name }).click();
        await tab.getByRole('heading', { level: 1, name }).waitFor();
      }
      expect(complaints).toEqual([]);
    },
    180_000,
  );

  test('fit a narrow screen, with everything unfolded', async () => {
    const tab = await newTab(browser, { viewport: { width: 390, height: 844 } });
    for (const name of Object.keys(said)) {
      await tab.goto(addresses.get(name) ?? '');
      await tab.evaluate(unfold);
      expect(await tooWide(tab), name).toBe(false);
    }
    await tab.goto(addresses.get('payments/archive-2019') ?? '');
    await tab.locator('table a[href*="/snapshots/"]').first().click();
    await tab.getByRole('heading', { name: 'Replica sets' }).waitFor();
    expect(await tooWide(tab)).toBe(false);
  }, 120_000);

  test('show the timeline with now, the due time and a bar for each snapshot', async () => {
    const tab = await newTab(browser);
    await tab.goto(addresses.get('payments/wallet') ?? '');
    const timeline = tab.getByRole('img', { name: 'Timeline of the snapshots' });
    await timeline.waitFor();
    const bars = await timeline.locator('rect').count();
    expect(bars).toBe(await tab.locator('tr[id^="s"]').count());
    const x = async (kind: string) =>
      Number(await timeline.locator(`line.${kind}`).getAttribute('x1'));
    expect(await x('due')).toBeLessThan(await x('now'));
  });
});
