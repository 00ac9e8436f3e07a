import { expect, test } from 'vitest';
import { systemClock } from '../../src/domain/time.ts';
import { demoWorld } from '../../src/simulator/world/demo-world.ts';
import { type Sample, samplesOf } from './samples.ts';
import { servedProgram } from './served-program.ts';
import { accountText, scrapeOf, startedAtlas } from './serving.ts';

const world = demoWorld('replicas', systemClock());

/** About the process, not about Atlas: they tell replicas apart. */
const ofTheExporter = /^(mongodbatlas_backup_exporter_|process_|nodejs_)/;
/** When this replica read it. */
const ofTheReading = /refresh_last_success_timestamp_seconds$/;

const key = ({ name, labels }: Sample) => `${name} ${JSON.stringify(labels)}`;

/** What a replica says about Atlas, once it has polled. */
async function seenBy(atlasUrl: string) {
  const { url } = await servedProgram(accountText(atlasUrl, 'metrics: { relative: false }'));
  const { text } = await scrapeOf(`${url}/metrics`);
  return samplesOf(text).filter(({ name }) => !ofTheExporter.test(name));
}

test('two replicas have the same series with the same values, but for when they read', async () => {
  // Nothing happens in Atlas between the two polls.
  const now = systemClock();
  const atlas = await startedAtlas({ world, clock: () => now });
  const one = await seenBy(atlas.url);
  const other = await seenBy(atlas.url);
  expect(one.length).toBeGreaterThan(500);
  expect(other.map(key)).toEqual(one.map(key));
  const values = (samples: readonly Sample[]) =>
    samples.filter(({ name }) => !ofTheReading.test(name)).map(({ value }) => value);
  expect(values(other)).toEqual(values(one));
});
