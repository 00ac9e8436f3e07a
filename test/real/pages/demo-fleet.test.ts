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

/** Of each state that needs no outage one cluster, the word for it, and why. */
const shown = [
  ['notifications', 'Never taken', /^Backup is on, and not one completed snapshot is listed\./],
  ['wallet', 'Late', /^The newest completed snapshot was taken .* Another was due by .* ago\)\.$/],
  ['migration', 'Expiring', /^The last snapshot is deleted .* if no more is taken/],
  ['vault', 'Not readable', /never been read .* Grant Project Read Only on this project\.$/],
  ['loans', 'Stuck', /^A snapshot was requested .* \(1d .* ago\) and has not ended\.$/],
  ['refunds', 'Failing', /^The newest snapshot to end failed; it was requested/],
  ['exports', 'Disabled', /^Backup is switched off in Atlas, and the configuration does not/],
  ['reports', 'Paused', /^The cluster is paused: no snapshots are taken\.$/],
  ['adhoc', 'No objective', /^Nothing says how often a snapshot is needed/],
  ['trial', 'Awaiting first', /^The first snapshot is not there, and not due yet\.$/],
  ['playground', 'Exempt', /^The configuration says that it needs no backup\.$/],
  ['sandbox', 'No backups', /^A free cluster cannot have backups\.$/],
  ['cards', 'OK', undefined],
] as const;

const names = (tab: Page) => tab.locator('tbody tr th b').allTextContents();
const unscripted = { javaScriptEnabled: false };

describe.skipIf(chromiumPath === undefined)('in Chromium, the status page of the demo', () => {
  let browser: Browser;
  let program: Program;
  let url: string;

  beforeAll(async () => {
    program = startProgram(['demo', '--web.listen-address', '127.0.0.1:0']);
    [browser, url] = await Promise.all([startBrowser(), program.printed(/Status page +(\S+)/)]);
    await (await fetch(new URL('metrics', url))).text();
  });
  afterAll(async () => {
    await browser?.close();
    await program?.stop();
  });

  const opened = async (options: Parameters<typeof newTab>[1] = {}, path = './') => {
    const tab = await newTab(browser, options);
    await tab.goto(new URL(path, url).href);
    return tab;
  };

  test.each(schemes)('is sound for readers of every kind in %s colours', async (colorScheme) => {
    const tab = await newTab(browser, { colorScheme });
    const complaints = complaintsOf(tab);
    for (const path of [
      './',
      './?state=late&project=pay',
      './?per_page=5&page=2',
      './?cluster=x!',
    ]) {
      await tab.goto(new URL(path, url).href);
      expect(await violations(tab)).toEqual([]);
    }
    await tab.setViewportSize({ width: 390, height: 900 });
    await tab.goto(url);
    expect(await violations(tab)).toEqual([]);
    expect(await tab.evaluate('document.documentElement.scrollWidth')).toBe(390);
    expect(complaints).toEqual([]);
  });

  test.each([true, false])(
    'says each state and why; with script: %s',
    async (javaScriptEnabled) => {
      const tab = await opened({ javaScriptEnabled });
      for (const [cluster, state, why] of shown) {
        const row = tab.locator(`tr[data-cluster="${cluster}"]`);
        expect(await row.locator('.badge').innerText()).toBe(state);
        const reasons = await row.locator('th p').allInnerTexts();
        if (why === undefined) expect(reasons).toEqual([]);
        else expect(reasons.join(' ')).toMatch(why);
      }
      expect(await tab.locator('.notice').innerText()).toContain(
        'The snapshots of analytics/vault: The credentials work but lack a role here.',
      );
      const headline = await tab.locator('.headline').innerText();
      expect(headline).toBe(
        '31 clusters: 7 critical, 5 warning, 14 OK, 5 other (1 Paused, 1 No objective, 1 Awaiting first, 1 Exempt, 1 No backups).',
      );
    },
  );

  test('has the most urgent first', async () => {
    const tab = await opened();
    const ranks = await tab
      .locator('tbody tr')
      .evaluateAll((rows) => rows.map((row) => row.className));
    const order = ['critical', 'warning', 'info', 'calm'];
    expect(ranks).toEqual(ranks.toSorted((a, b) => order.indexOf(a) - order.indexOf(b)));
    expect(await names(tab)).toMatchObject({ 0: 'notifications', length: 31 });
  });

  test('filters by a form and by links, without a script', async () => {
    const tab = await opened(unscripted);
    await tab.getByLabel('Project', { exact: true }).fill('PAYM');
    await tab.getByLabel('State', { exact: true }).selectOption('Late');
    await tab.getByRole('button', { name: 'Filter' }).click();
    expect(new Set(await names(tab))).toEqual(new Set(['wallet', 'disputes', 'settlement']));
    expect(await tab.getByLabel('Project', { exact: true }).inputValue()).toBe('PAYM');
    await tab.getByRole('link', { name: 'Stuck 1' }).click();
    expect(await names(tab)).toEqual(['loans']);
    await tab.getByRole('link', { name: 'Clear' }).click();
    expect(await names(tab)).toHaveLength(31);
  });

  test('filters while it is typed, and the reader stays where he is', async () => {
    const tab = await opened();
    await tab.getByLabel('Cluster', { exact: true }).pressSequentially('ledger');
    await tab.waitForURL(/\?cluster=ledger$/);
    await expect.poll(() => names(tab)).toEqual(['ledger', 'ledger']);
    expect(await tab.evaluate('document.activeElement.id')).toBe('cluster');
    expect(await tab.evaluate('document.activeElement.selectionStart')).toBe(6);
    expect(await tab.getByRole('status').innerText()).toBe('Now: 2 clusters: 2 OK.');
    await tab.reload();
    expect(await names(tab)).toEqual(['ledger', 'ledger']);
  });

  test.each([{}, unscripted])('sorts by a column, and the other way round: %j', async (options) => {
    const tab = await opened(options);
    const sizes = async () =>
      (await tab.locator('td[data-label="Size"]').allInnerTexts())
        .map((text) => /^([\d.]+) (GiB|MiB)/.exec(text))
        .flatMap((found) =>
          found === null ? [] : Number(found[1]) * (found[2] === 'GiB' ? 1024 : 1),
        );
    const down = (values: readonly number[]) => values.toSorted((a, b) => b - a);
    await tab.getByRole('link', { name: 'Size', exact: true }).click();
    expect((await sizes()).length).toBeGreaterThan(15);
    expect(await sizes()).toEqual(down(await sizes()));
    await tab.getByRole('link', { name: 'Size', exact: true }).click();
    expect(await sizes()).toEqual(down(await sizes()).toReversed());
    expect(await tab.locator('[aria-sort]').getAttribute('aria-sort')).toBe('ascending');
  });

  test('leads through its pages, to a cluster and back, by the keyboard alone', async () => {
    const tab = await opened(unscripted, './?per_page=10');
    const first = await names(tab);
    await tab.getByRole('link', { name: 'Next', exact: true }).press('Enter');
    expect(await tab.locator('.pager span').innerText()).toBe('11 to 20 of 31, page 2 of 4');
    expect((await names(tab)).filter((name) => first.includes(name) && name !== 'ledger')).toEqual(
      [],
    );
    await tab.getByRole('link', { name: 'Last', exact: true }).press('Enter');
    expect(await names(tab)).toHaveLength(1);
    await tab.goto(new URL('./?cluster=wallet', url).href);
    await tab.getByRole('link', { name: 'payments/wallet' }).press('Enter');
    await tab.waitForURL(/\/clusters\/[0-9a-f]{24}\/wallet$/);
    await tab.getByRole('link', { name: 'MongoDB Atlas backups' }).press('Enter');
    expect(await names(tab)).toHaveLength(31);
  });

  test('shows times in UTC, with the reader’s local time in the tooltip', async () => {
    const [scripted, plain] = [await opened(), await opened(unscripted)];
    const exact = (tab: Page) => tab.locator('tr[data-cluster="wallet"] th time').first();
    for (const tab of [scripted, plain]) {
      expect(await exact(tab).innerText()).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d UTC$/);
    }
    const relative = scripted.locator('tr[data-cluster="wallet"] td[data-label="Newest"] time');
    for (const time of [exact(scripted), relative]) {
      expect(await time.getAttribute('title')).toMatch(
        /^\d{1,2} \w+ \d{4}, \d\d:\d\d:\d\d CES?T = \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC$/,
      );
    }
    expect(await exact(plain).getAttribute('title')).toMatch(/^\d{4}-.* UTC$/);
  });
});
