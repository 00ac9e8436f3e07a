import { expect, test } from 'vitest';
import { systemClock } from '../../src/domain/time.ts';
import { generatedWorld } from '../../src/simulator/world/generated-world.ts';
import { tokenPath } from '../atlas/transport/oauth-client.ts';
import { valuesOf } from './samples.ts';
import { servedProgram } from './served-program.ts';
import { scrapeOf, startedAtlas } from './serving.ts';

const world = generatedWorld({ seed: 'crash', projects: 2, clusters: 6 }, systemClock());
const maxLiveTokens = 2;

test('a loop of crashes asks for one token a start, when Atlas gives out no more as well', async () => {
  const atlas = await startedAtlas({ world, maxLiveTokens });
  const config = [
    'accounts:',
    '  - name: main',
    `    base_url: ${atlas.url}`,
    '    auth:',
    '      service_account:',
    '        client_id: mdb_sa_id_simulator',
    '        client_secret: mdb_sa_sk_simulator',
    '',
  ].join('\n');
  const tokens: (readonly number[])[] = [];
  const success: (readonly number[])[] = [];
  for (let start = 0; start < maxLiveTokens + 2; start += 1) {
    atlas.requestLog.reset();
    const { program, url } = await servedProgram(config);
    const { text } = await scrapeOf(`${url}/metrics`);
    await program.stop();
    success.push(valuesOf(text, 'exporter_poll_success'));
    const asked = atlas.requestLog.entries.filter(({ path }) => path === tokenPath);
    tokens.push(asked.map(({ status }) => status));
  }
  expect(tokens).toEqual([[200], [200], [403], [403]]);
  expect(success).toEqual([[1], [1], [0], [0]]);
});
