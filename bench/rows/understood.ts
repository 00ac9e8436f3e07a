import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { newClient, pause } from '../client.ts';
import { type Exporter, startExporter } from '../exporter.ts';
import type { Lab } from '../lab.ts';
import { countSamples } from '../page.ts';
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
  if (promtool) lab.measured('S9', 'promtool', [await checks(promtool, exporter)]);
  if (prometheus) lab.measured('S9', 'Prometheus', [await takesIn(prometheus, exporter)]);
  await exporter.stop();
}

async function pageOf({ metrics }: Exporter, accept = 'text/plain'): Promise<string> {
  const client = newClient(metrics);
  const page = await client.body({ accept });
  client.close();
  return page.toString();
}

/** 1 when promtool has nothing to say against the page. */
async function checks(promtool: string, exporter: Exporter): Promise<number> {
  const tool = start({ file: promtool, args: ['check', 'metrics'] });
  tool.write(await pageOf(exporter));
  tool.finish();
  return tool.output().then(
    () => 1,
    () => 0,
  );
}

const vector = z.object({
  data: z.object({ result: z.array(z.object({ value: z.tuple([z.number(), z.string()]) })) }),
});

const patienceMs = 60_000;

/** 1 once Prometheus finds it up and has counted as many samples as the page has; 0 if never. */
async function takesIn(binary: string, exporter: Exporter): Promise<number> {
  const folder = await newFolder();
  const file = join(folder, 'prometheus.yml');
  const targets = [new URL(exporter.metrics).host];
  const job = { job_name: 'bench', static_configs: [{ targets }] };
  // JSON is YAML.
  const config = {
    global: { scrape_interval: '3s', scrape_timeout: '3s' },
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
      '--log.level=warn',
    ],
  });
  const value = async (query: string) => {
    const response = await fetch(`http://${address}/api/v1/query?query=${query}`);
    const { data } = vector.parse(await response.json());
    return Number(data.result[0]?.value[1]);
  };
  const giveUpAt = performance.now() + patienceMs;
  let understood = 0;
  while (understood === 0 && performance.now() < giveUpAt) {
    await pause(1_000);
    const page = await pageOf(exporter, 'application/openmetrics-text;version=1.0.0');
    const up = await value('up').catch(() => 0);
    const counted = await value('scrape_samples_scraped').catch(() => 0);
    if (up === 1 && counted === countSamples(page)) understood = 1;
  }
  await prometheus.stop();
  return understood;
}
