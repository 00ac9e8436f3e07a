import axe from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { chromiumFlags, chromiumPath, schemes } from './browser-flags.ts';

export { chromiumPath, schemes };

export function startBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumPath ?? '', args: chromiumFlags });
}

/** A tab of its own for the length of one test. The reader lives in Berlin. */
export async function newTab(browser: Browser, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    ...options,
  });
  onTestFinished(() => context.close());
  return await context.newPage();
}

const unsound = `axe.run().then(({ violations }) =>
  violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => [id, html, failureSummary].join('\\n'))))`;

/** What is wrong with a page for those who read it in other ways: the rule, the place and why. */
export async function violations(page: Page): Promise<readonly string[]> {
  // Over the debugger's line, where the page's own Content-Security-Policy does not count.
  await page.evaluate(axe.source);
  return (await page.evaluate(unsound)) as readonly string[];
}

/** Everything the page says on its console, and whatever it throws. */
export function complaintsOf(page: Page): readonly string[] {
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('dialog', async (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    await dialog.dismiss();
  });
  return complaints;
}
