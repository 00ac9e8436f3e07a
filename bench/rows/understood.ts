import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { newClient, pause } from '../client.ts';
import { type Exporter, startExporter } from '../exporter.ts';
import type { Lab } from '../lab.ts';
import { countSamples, piecesOf, repeatedSeries } from '../page.ts';
import { freePort, newFolder } from '../places.ts';
import { type Running, start } from '../processes.ts';

/** S9: real tools read the whole page. */
export async function understood(lab: Lab): Promise<void> {
  if (!lab.wants('S9')) return;
  const { PROMTOOL: promtool, PROMETHEUS: prometheus } = process.env;
  if (!promtool) lab.skipped('S9', 'promtool', 'PROMTOOL does not say where it is');
  if (!prometheus) lab.skipped('S9', 'Prometheus', 'PROMETHEUS does not say where it is');
  if (!promtool && !prometheus) return;
  lab.say('has the page read by real tools');
  const fleet = await lab.fleet(lab.sizes.at(-1) ?? 1_000);
  const exporter = await startExporter({ ...fleet, atlas: fleet.url });
  if (promtool) await judged(lab, 'promtool', checks(promtool, exporter));
  if (prometheus) await judged(lab, 'Prometheus', takesIn(prometheus, exporter));
  await exporter.stop();
}

/** Yes, unless the work fails, whose reason is printed. */
async function judged(lab: Lab, part: string, work: Promise<void>): Promise<void> {
  const reason = await work.then(
    () => undefined,
    (error: unknown) => String(error),
  );
  if (reason !== undefined) lab.say(`S9 ${part}: ${reason}`);
  lab.measured('S9', part, [reason === undefined ? 1 : 0]);
}

async function pageOf({ metrics }: Exporter, accept = 'text/plain'): Promise<string> {
  const client = newClient(metrics);
  const page = await client.body({ accept });
  client.close();
  return page.toString();
}

const samplesAPiece = 200;
const promtoolSeconds = 300;

/**
 * Has promtool check every line. Its linter compares every two samples of a family
 * (https://github.com/prometheus/client_golang/pull/1472): 3 thousand million pairs on a page of 10,000
 * clusters, at 0.3 microseconds each. Nothing else that it looks at goes beyond a family's name, help
 * and type and one sample, so that it gets the page in pieces and what it compares is compared here.
 */
async function checks(promtool: string, exporter: Exporter): Promise<void> {
  const page = await pageOf(exporter);
  const repeated = repeatedSeries(page);
  if (repeated !== undefined) throw new Error(`twice on the page: ${repeated}`);
  const deadlineMs = performance.now() + promtoolSeconds * 1000;
  for (const piece of piecesOf(page, samplesAPiece)) {
    if (performance.now() > deadlineMs) throw new Error(`not within ${promtoolSeconds} seconds`);
    const tool = start({ file: promtool, args: ['check', 'metrics'] });
    tool.write(piece);
    tool.finish();
    await tool.output().finally(tool.stop);
  }
}

const vector = z.object({
  data: z.object({ result: z.array(z.object({ value: z.tuple([z.number(), z.string()]) })) }),
});

const prometheusSeconds = 120;

/** Resolves once Prometheus finds it up and has counted as many samples as the page has. */
async function takesIn(binary: string, exporter: Exporter): Promise<void> {
  const folder = await newFolder();
  const file = join(folder, 'prometheus.yml');
  const targets = [new URL(exporter.metrics).host];
  const job = { job_name: 'bench', static_configs: [{ targets }] };
  // JSON is YAML. Ten seconds are what Prometheus allows by default.
  const config = {
    global: { scrape_interval: '10s', scrape_timeout: '10s' },
    scrape_configs: [job],
  };
  await writeFile(file, JSON.stringify(config));
  const address = `127.0.0.1:${await freePort()}`;
  const prometheus: Running = start({
    file: binary,
    args: [
      `--config.file=${file}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=${address}`,
    ],
  });
  const value = async (query: string) => {
    const signal = AbortSignal.timeout(10_000);
    const response = await fetch(`http://${address}/api/v1/query?query=${query}`, { signal });
    const { data } = vector.parse(await response.json());
    return Number(data.result[0]?.value[1]);
  };
  const deadlineMs = performance.now() + prometheusSeconds * 1000;
  try {
    await prometheus.printed(/Server is ready/);
    for (;;) {
      await pause(1_000);
      const up = await value('up');
      const counted = await value('scrape_samples_scraped');
      const page = await pageOf(exporter, 'application/openmetrics-text;version=1.0.0');
      const samples = countSamples(page);
      if (up === 1 && counted === samples) return;
      if (performance.now() > deadlineMs) {
        throw new Error(`up is ${up}, ${counted} of ${samples} samples are counted`);
      }
    }
  } finally {
    await prometheus.stop();
  }
}
