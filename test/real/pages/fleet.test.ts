import type { Browser } from 'playwright-core';
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

  test.each(schemes)('is sound for readers of every kind in %s colours', async (colorScheme) => {
    const tab = await newTab(browser, { colorScheme });
    const complaints = complaintsOf(tab);
    await tab.goto(url);
    expect(await violations(tab)).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
