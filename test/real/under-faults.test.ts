import { setTimeout as delay } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { realTiming } from '../../src/atlas/transport/timing.ts';
import { faults } from '../../src/simulator/faults/table.ts';
import { startedProgram } from '../e2e/program.ts';
import { accountText, configFrom, hurriedTiming, serving } from '../e2e/serving.ts';
import { scraping, startPrometheus } from './prometheus.ts';
import { tool } from './tools.ts';

const binary = tool('PROMETHEUS');
const scrapeSeconds = 1;
const intervalMs = 300_000;

test.skipIf(binary === undefined)(
  'Prometheus sees a whole page at every scrape, whatever is wrong with Atlas',
  async () => {
    // A process of its own: it has to be able to send without end.
    const simulated = ['--projects', '3', '--clusters', '24', '--snapshots', '12'];
    const address = ['--listen-address', '127.0.0.1:0'];
    const atlas = await startedProgram(['simulate', ...address, ...simulated]).printed(
      /(http:\/\/\S+)/,
    );
    const setFault = async (name: string) => {
      const { status } = await fetch(`${atlas}/-/faults`, {
        method: 'PUT',
        headers: { 'content-type': 'text/plain' },
        body: name,
      });
      expect({ name, status }).toEqual({ name, status: 200 });
    };
    const config = await configFrom(
      accountText(atlas, 'poll: { interval: 5m, discovery_interval: 5m, request_timeout: 1s }'),
    );
    const { timing, pass } = hurriedTiming();
    // What waits for Atlas to calm down need not wait in a test.
    const sleep: typeof timing.sleep = (ms, signal) => realTiming.sleep(Math.min(ms, 20), signal);
    const { url, exporter, scrape } = await serving({
      config,
      timing: { ...timing, sleep },
    });
    await scrape();
    const { poller } = exporter;

    const prometheus = await startPrometheus(binary ?? '', scraping(new URL(url).host));
    onTestFinished(() => prometheus.stop());
    await prometheus.ready();

    const startedAt = Date.now();
    let polls = 0;
    const begun: { readonly name: string; readonly at: number }[] = [];
    for (const name of faults.keys()) {
      const before = poller.current().generation.number;
      await setFault(name);
      begun.push({ name, at: Date.now() / 1000 });
      pass(intervalMs);
      poller.refreshIfDue();
      // A poll that hangs goes on while the next fault begins: that is what happens, too.
      for (let waited = 0; poller.inProgress() && waited < 1_200; waited += 20) await delay(20);
      if (poller.current().generation.number > before) polls += 1;
      await delay(200);
    }
    await setFault('');
    const seconds = Math.ceil((Date.now() - startedAt) / 1000);

    const over = `[${seconds}s]`;
    const [scrapes = 0] = await prometheus.values(`count_over_time(up${over})`);
    console.info(`${scrapes} scrapes, ${polls} polls, ${faults.size} faults in ${seconds} s`);
    expect(scrapes).toBeGreaterThan((0.8 * seconds) / scrapeSeconds);
    expect(polls).toBeGreaterThan(0.6 * faults.size);
    const whole = { from: startedAt / 1000, to: startedAt / 1000 + seconds, stepSeconds: 0.5 };
    const down = await prometheus.seen('up == 0', { ...whole, lookbackSeconds: scrapeSeconds });
    const during = down
      .flatMap(({ at }) => at)
      .map((moment) => begun.findLast(({ at }) => at <= moment)?.name);
    expect(during).toEqual([]);
    const clusters = `count(mongodbatlas_backup_enabled)`;
    expect(
      await prometheus.values(`min_over_time(${clusters}${over.replace(']', ':1s]')})`),
    ).toEqual([24]);
    const taken = 'scrape_samples_scraped - scrape_samples_post_metric_relabeling';
    expect(
      await prometheus.values(`max_over_time((${taken})${over.replace(']', ':1s]')})`),
    ).toEqual([0]);
    // Nothing twice, nothing out of order, nothing that cannot be parsed.
    expect(prometheus.complaints()).toEqual([]);
  },
  240_000,
);
