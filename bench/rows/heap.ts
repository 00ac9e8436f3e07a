import { newClient } from '../client.ts';
import { program, startExporter } from '../exporter.ts';
import type { Lab } from '../lab.ts';
import { start } from '../processes.ts';

const clusters = 10_000;

/** M1: what a cluster keeps in the heap. */
export async function heap(lab: Lab): Promise<void> {
  if (!lab.wants('M1') || lab.short) return;
  lab.say('weighs the heap');
  const full = await lab.fleet(clusters);
  const empty = start({
    file: process.execPath,
    args: [
      program,
      'simulate',
      '--listen-address',
      '127.0.0.1:0',
      '--projects',
      '100',
      '--clusters',
      '0',
    ],
  });
  const emptyUrl = await empty.printed(/listening on (http\S+)/);
  const perCluster = async (relative: boolean) => {
    const filledHeap = await heapOf(full.url, relative);
    return (filledHeap - (await heapOf(emptyUrl, relative))) / clusters / 1024;
  };
  // The labels of ages are text.
  lab.measured('M1', '', [await perCluster(false)]);
  lab.note(`With ages, a cluster keeps ${(await perCluster(true)).toFixed(2)} KB in the heap.`);
  await empty.stop();
}

async function heapOf(atlas: string, relative: boolean): Promise<number> {
  const exporter = await startExporter({ atlas, relative, concurrency: 50, exposeGc: true });
  for (const url of [exporter.metrics, `${exporter.url}/`]) {
    const client = newClient(url);
    await client.scrape();
    client.close();
  }
  const [bytes = Number.NaN] = await exporter.ask({ ask: 'heap' });
  await exporter.stop();
  return bytes;
}
