import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { sources, startProgram } from '../../e2e/program.ts';
import { chromiumFlags, chromiumPath, schemes } from './browser-flags.ts';

/** What the README shows of the demo: `npm run pictures`, with CHROMIUM naming the browser. */
const pictures: readonly { readonly name: string; readonly through?: string }[] = [
  { name: 'status' },
  { name: 'cluster', through: 'payments/wallet' },
];

if (chromiumPath === undefined) process.exit(1);
const program = startProgram(['demo', '--web.listen-address', '127.0.0.1:0'], { main: sources });
const browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumFlags });
try {
  const url = await program.printed(/Status page +(\S+)/);
  await (await fetch(new URL('metrics', url))).text();
  for (const { name, through } of pictures) {
    for (const colorScheme of schemes) {
      const viewport = { width: 1280, height: 800 };
      const context = await browser.newContext({
        viewport,
        colorScheme,
        timezoneId: 'UTC',
        locale: 'en-GB',
      });
      const tab = await context.newPage();
      await tab.goto(url);
      if (through !== undefined) await tab.getByRole('link', { name: through }).click();
      const file = fileURLToPath(
        new URL(`../../../docs/images/${name}-${colorScheme}.png`, import.meta.url),
      );
      await tab.screenshot({ path: file });
      await context.close();
    }
  }
} finally {
  await browser.close();
  await program.stop();
}
