import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Failure } from '../../../src/domain/failure.ts';
import { segment } from '../../../src/html/html.ts';
import type { OneSnapshot, SnapshotRead } from '../../../src/status/one-snapshot.ts';
import { cluster, fleetAfter, project, snapshotsOf } from '../../domain/reports.ts';
import { completed, noon } from '../../domain/snapshots.ts';
import { hostileNames, hostileView } from '../../web/pages/hostile-names.ts';
import { newRoutes } from '../../web/routes.ts';
import { viewOf } from '../../web/views.ts';
import { chromiumPath, complaintsOf, newTab, startBrowser } from './browser.ts';

/** Listens for the length of one test; a page may be slipped in that ours would never be. */
async function listening(behind: Parameters<typeof newRoutes>[0], planted?: string) {
  const { server } = newRoutes(behind);
  if (planted !== undefined) {
    server.get('/planted', (_, reply) => reply.type('text/html; charset=utf-8').send(planted));
  }
  onTestFinished(async () => {
    server.server.closeAllConnections();
    await server.close();
  });
  return await server.listen({ host: '127.0.0.1', port: 0 });
}

/** How many scripts a page has, how much that is never in one, and how many headings. */
const shape = `[document.scripts.length, document.querySelectorAll(
  'main img, main iframe, main script, main form, main base, main style, main [onerror], main [onload], main [onmouseover], main [onfocus]').length,
  document.querySelectorAll('main h1').length]`;
const usual = [1, 0, 1];

describe.skipIf(chromiumPath === undefined)('in Chromium, markup in what Atlas tells', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterAll(() => browser?.close());

  test('runs nothing on the status page, out of 200 names of projects and clusters', async () => {
    const url = await listening({ view: await hostileView() });
    const tab = await newTab(browser);
    const complaints = complaintsOf(tab);
    const asked: string[] = [];
    tab.on('request', (request) => asked.push(request.url()));
    await tab.goto(`${url}/?per_page=1000`);
    expect(await tab.locator('tbody tr').count()).toBe(hostileNames.length);
    const first = hostileNames.find((name) => name.startsWith('<script>')) ?? '';
    expect(await tab.locator('tbody th b', { hasText: first }).count()).toBeGreaterThan(0);
    for (const name of hostileNames.slice(0, 20)) {
      const query = new URLSearchParams({ project: name.slice(0, 100).toWellFormed() });
      await tab.goto(`${url}/?${query}`);
    }
    expect(complaints).toEqual([]);
    expect(asked.filter((one) => !one.startsWith(`${url}/`))).toEqual([]);
  });

  test('runs nothing on the pages of clusters, and leaves them as they are', async () => {
    // Dots are a step in an address, and halves of characters cannot be written into one.
    const names = hostileNames.filter((name) => !/^\.+$/.test(name) && name.isWellFormed());
    const view = await viewOf(
      fleetAfter([
        {
          projects: { a: [project('p', '<script>alert(1)</script>')] },
          clusters: { p: names.map((name) => ({ ...cluster('p/x'), id: name, name })) },
          backups: Object.fromEntries(names.map((name) => [`p/${name}`, [completed(noon)]])),
        },
      ]),
    );
    expect(view.rows.length).toBe(names.length);
    expect(names.length).toBeGreaterThan(180);
    const url = await listening({ view });
    const tab = await newTab(browser);
    const complaints = complaintsOf(tab);
    for (const name of names) {
      await tab.goto(`${url}/clusters/p/${segment(name)}`);
      expect(await tab.evaluate(shape), name).toEqual(usual);
    }
    expect(complaints).toEqual([]);
  }, 180_000);

  test('runs nothing on the pages of snapshots, read or failed', async () => {
    const view = await viewOf(
      fleetAfter([
        { projects: { a: ['p'] }, clusters: { p: ['x'] }, backups: { 'p/x': [completed(noon)] } },
      ]),
    );
    const [row] = view.rows;
    const [listed] = snapshotsOf(row?.known) ?? [];
    if (row === undefined || listed === undefined) throw new Error('there is none');
    let read: SnapshotRead = { kind: 'busy' };
    const one = (): OneSnapshot => ({ row, listed, read, now: noon, keptSeconds: 300 });
    const url = await listening({ view, snapshot: async () => one() });
    const tab = await newTab(browser);
    const complaints = complaintsOf(tab);
    for (const text of hostileNames.slice(0, 40)) {
      const details = {
        ...{ description: text, replicaSetName: text, configServerType: text },
        ...{ copyRegions: [text], incremental: undefined, parts: [] },
        members: [{ id: text, replicaSetName: text, cloudProvider: undefined }],
      };
      const value = { ...listed, mongodbVersion: text, details };
      const failure: Failure = { reason: 'server', endpoint: 'snapshot', detail: text };
      for (const next of [
        { kind: 'read', value, at: noon },
        { kind: 'failed', failure, at: noon },
      ] as const) {
        read = next;
        await tab.goto(`${url}/clusters/p/x/snapshots/${listed.id}`);
        expect(await tab.evaluate(shape), text).toEqual(usual);
      }
    }
    expect(complaints).toEqual([]);
  }, 60_000);

  test('would run nothing though it came into a page: the headers forbid it', async () => {
    const planted = `<!doctype html><title>as it was</title><base href="//evil.example/">
      <script>document.title = 'inline'</script>
      <script src="data:text/javascript,document.title = 'data'"></script>
      <img src="x" onerror="document.title = 'handler'">
      <iframe srcdoc="<script>top.document.title = 'frame'</script>"></iframe>
      <a href="javascript:document.title = 'link'">here</a>
      <form action="http://127.0.0.2:9/"><button>send</button></form>`;
    const url = await listening({}, planted);
    const tab = await newTab(browser);
    const complaints = complaintsOf(tab);
    await tab.goto(`${url}/planted`);
    await tab.getByText('here').click();
    expect(await tab.title()).toBe('as it was');
    await Promise.all([
      tab.waitForEvent('console', (message) => message.text().includes("form-action 'self'")),
      tab.getByText('send').click({ noWaitAfter: true }),
    ]);
    const refused = (directive: string) =>
      complaints.filter((one) => one.includes('violates') && one.includes(directive)).length;
    expect(refused("base-uri 'none'")).toBe(1);
    // Inline, from elsewhere, in a handler, in a frame, and in a link.
    expect(refused("script-src 'self'")).toBe(5);
  });
});
