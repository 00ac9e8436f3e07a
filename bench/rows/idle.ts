import { pause } from '../client.ts';
import { startExporter } from '../exporter.ts';
import type { Lab } from '../lab.ts';

const seconds = 5;
const rounds = 4;

/** S10: what it computes while nobody asks. */
export async function idle(lab: Lab): Promise<void> {
  if (!lab.wants('S10')) return;
  lab.say(`idles for ${seconds * rounds} seconds`);
  const fleet = await lab.fleet(1_000);
  const exporter = await startExporter({ ...fleet, atlas: fleet.url });
  // Connections to Atlas are given up, and the garbage of the poll goes.
  await pause(6_000);
  const found: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const [before = 0] = await exporter.ask({ ask: 'cpu' });
    await pause(seconds * 1_000);
    const [after = 0] = await exporter.ask({ ask: 'cpu' });
    found.push((after - before) / seconds);
  }
  await exporter.stop();
  lab.measured('S10', '', found);
}
