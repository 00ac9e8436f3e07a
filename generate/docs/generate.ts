import { apiReference } from './api.ts';
import { configurationPage } from './configuration.ts';
import { referencePage } from './metrics.ts';
import { reliabilityPage } from './reliability.ts';
import { faultPage } from './simulator.ts';
import { statesPage } from './states.ts';

/** Every file that `npm run docs` writes, by its path from the root of the project. */
export const files: ReadonlyMap<string, string> = new Map([
  ['docs/metrics.md', referencePage()],
  ['docs/configuration.md', configurationPage()],
  ['docs/api.md', apiReference()],
  ['docs/states.md', statesPage()],
  ['docs/simulator.md', faultPage()],
  ['docs/reliability.md', reliabilityPage()],
]);
