import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { StatusView } from '../../../src/status/view.ts';
import { fleets } from '../../metrics/fleets.ts';
import { newRoutes } from '../../web/routes.ts';
import { emptyView, viewOf } from '../../web/views.ts';
import { chromiumPath, newTab, schemes, startBrowser, violations } from './browser.ts';

/** The routes, listening for the length of one test; what they show can be changed. */
async function serving(first: StatusView) {
  let view = first;
  const { server } = newRoutes({ view: () => view });
  onTestFinished(() => server.close());
  const url = await server.listen({ host: '127.0.0.1', port: 0 });
  return {
    url,
    show: (next: StatusView) => {
      view = next;
    },
    stop: () => server.close(),
  };
}

/** A proxy that takes away the prefix `/ops/backups`, as `web.external_url` may tell of one. */
async function proxied(url: string): Promise<string> {
  const proxy = createServer(async (request, response) => {
    const path = request.url?.replace(/^\/ops\/backups\//, '/');
    if (path === undefined || path === request.url) {
      response.writeHead(502).end();
      return;
    }
    const answer = await fetch(`${url}${path}`);
    response.writeHead(answer.status, {
      'content-type': answer.headers.get('content-type') ?? '',
      'content-security-policy': answer.headers.get('content-security-policy') ?? '',
    });
    response.end(Buffer.from(await answer.arrayBuffer()));
  });
  onTestFinished(() => {
    proxy.closeAllConnections();
    proxy.close();
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(proxy.address() as AddressInfo).port}/ops/backups/`;
}

describe.skipIf(chromiumPath === undefined)('in Chromium, the status page', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterAll(() => browser?.close());

  test('looks again by itself, says what changed, and rests when told to', async () => {
    const { url, show } = await serving(await viewOf(fleets.healthy));
    const tab = await newTab(browser);
    await tab.clock.install();
    await tab.goto(url);
    const [badge, said] = [tab.locator('tbody .badge'), tab.getByRole('status')];
    expect(await badge.innerText()).toBe('No objective');
    show(await viewOf(fleets.failing));
    await tab.getByRole('link', { name: 'Metrics' }).focus();
    await tab.clock.fastForward(31_000);
    await expect.poll(() => badge.innerText()).toBe('Failing');
    await expect.poll(() => said.innerText()).toMatch(/^Now: .* 1 warning/);
    expect(await tab.evaluate('document.activeElement.textContent')).toBe('Metrics');

    await tab.getByRole('button', { name: 'Pause' }).click();
    show(await viewOf(fleets.stuck));
    await tab.clock.fastForward(120_000);
    expect(await badge.innerText()).toBe('Failing');
    await tab.getByRole('button', { name: 'Pause' }).click();
    await expect.poll(() => badge.innerText()).toBe('Stuck');
  });

  test('keeps what is half typed and where the reader is', async () => {
    const { url, show } = await serving(await viewOf(fleets.healthy));
    const tab = await newTab(browser);
    await tab.clock.install();
    await tab.goto(url);
    await tab.getByRole('link', { name: 'Expires' }).focus();
    show(await viewOf(fleets.stuck));
    await tab.clock.fastForward(31_000);
    await expect.poll(() => tab.locator('tbody .badge').innerText()).toBe('Stuck');
    expect(await tab.evaluate('document.activeElement.textContent')).toBe('Expires');
  });

  test('says so when the exporter answers no more', async () => {
    const { url, stop } = await serving(await viewOf(fleets.healthy));
    const tab = await newTab(browser);
    await tab.clock.install();
    await tab.goto(url);
    await stop();
    await tab.clock.fastForward(31_000);
    const said = tab.getByRole('status');
    await expect
      .poll(() => said.innerText())
      .toMatch(/^The exporter does not answer; showing data from/);
    expect(await tab.locator('tbody .badge').innerText()).toBe('No objective');
  });

  test('shows the first fleet as soon as there is one, with and without script', async () => {
    const { url, show } = await serving({ ...emptyView, pollInProgress: true });
    const tabs = [await newTab(browser), await newTab(browser, { javaScriptEnabled: false })];
    for (const tab of tabs) {
      await tab.goto(url);
      expect(await tab.locator('.notice').innerText()).toContain('It is running');
    }
    show(await viewOf(fleets.healthy));
    for (const tab of tabs) await tab.locator('tbody tr').waitFor({ timeout: 10_000 });
  });

  test.each(schemes)(
    'of nothing yet, or nothing at all, is sound in %s colours',
    async (colorScheme) => {
      const tab = await newTab(browser, { colorScheme });
      const blind = await viewOf(fleets.neverRead);
      for (const view of [
        emptyView,
        await viewOf(fleets.nothing),
        { ...blind, reloadFailed: true, context: { ...blind.context, blind: true } },
      ]) {
        const { url } = await serving(view);
        await tab.goto(url);
        expect(await violations(tab)).toEqual([]);
      }
    },
  );

  test('works behind a proxy that takes a prefix away', async () => {
    const { url } = await serving(await viewOf(fleets.stuck));
    const outside = await proxied(url);
    const tab = await newTab(browser);
    const failed: string[] = [];
    tab.on('response', (response) => {
      if (!response.ok()) failed.push(response.url());
    });
    await tab.goto(outside);
    await tab.getByText('Live').waitFor();
    expect(
      await tab.evaluate('getComputedStyle(document.querySelector("tbody .badge")).fontWeight'),
    ).toBe('600');
    for (const name of [
      'Stuck 1',
      'Size',
      'Clear',
      'payments/ledger',
      'MongoDB Atlas backups',
      'JSON',
    ]) {
      await tab.getByRole('link', { name }).click();
      expect(tab.url()).toContain('/ops/backups/');
    }
    expect(await tab.locator('body').innerText()).toContain('"schema_version":1');
    expect(failed).toEqual([]);
  });
});
