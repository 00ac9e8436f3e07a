import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Program, startProgram } from '../e2e/program.ts';
import { samplesOf } from '../e2e/samples.ts';
import { type Prometheus, scraping, startPrometheus } from './prometheus.ts';
import { tool } from './tools.ts';

const binary = tool('PROMETHEUS');

const ways = [
  {
    way: 'OpenMetrics, which it asks for by itself',
    protocols: [],
    accept: 'application/openmetrics-text;version=1.0.0',
    units: true,
  },
  {
    way: 'the text format',
    protocols: ['PrometheusText0.0.4'],
    accept: 'text/plain;version=0.0.4',
    units: false,
  },
];

describe.skipIf(binary === undefined).each(possible())('Prometheus, through $way', (through) => {
  const { protocols, accept, units } = through;
  let demo: Program | undefined;
  let url: string;
  let prometheus: Prometheus;

  beforeAll(async () => {
    demo = startProgram(['demo', '--web.listen-address', '127.0.0.1:0']);
    url = await demo.printed(/Metrics +(\S+)/);
    // The first poll has ended when this returns.
    await fetch(url);
    const more = protocols.length === 0 ? {} : { scrape_protocols: protocols };
    prometheus = await startPrometheus(binary ?? '', scraping(new URL(url).host, more));
    await prometheus.ready();
    await vi.waitFor(async () => {
      expect(await prometheus.values('count_over_time(up[1m]) >= 3')).toHaveLength(1);
    }, 30_000);
  });

  afterAll(async () => {
    await prometheus?.stop();
    await demo?.stop();
  });

  test('finds the target up', async () => {
    expect(await prometheus.values('min_over_time(up[1m])')).toEqual([1]);
  });

  test('takes in every sample of the page', async () => {
    const page = await (await fetch(url, { headers: { accept } })).text();
    expect(page.endsWith('# EOF\n')).toBe(units);
    const lines = samplesOf(page.replace('# EOF\n', '')).length;
    expect(lines).toBeGreaterThan(500);
    // A snapshot that begins or ends between the two scrapes adds or removes a few lines.
    await vi.waitFor(async () => {
      const again = await (await fetch(url, { headers: { accept } })).text();
      const samples = samplesOf(again.replace('# EOF\n', '')).length;
      expect(await prometheus.values('scrape_samples_scraped')).toEqual([samples]);
      expect(await prometheus.values('scrape_samples_post_metric_relabeling')).toEqual([samples]);
    }, 10_000);
  });

  test('has no word of complaint', () => {
    expect(prometheus.complaints()).toEqual([]);
  });

  test('has an age for each cluster that has a completed snapshot', async () => {
    const prefix = 'mongodbatlas_backup';
    const aged = `count(${prefix}_snapshot_last_completed_age_seconds)`;
    const completed = `count(${prefix}_snapshots{status="completed"} > 0)`;
    const [count = 0] = await prometheus.values(aged);
    expect(count).toBeGreaterThan(15);
    expect(await prometheus.values(completed)).toEqual([count]);
  });

  test('knows help, type and unit', async () => {
    const metadata = await prometheus.metadata();
    const names = Object.keys(metadata).filter((name) => name.startsWith('mongodbatlas_backup_'));
    expect(names.length).toBeGreaterThan(40);
    for (const name of names) {
      const [facts] = metadata[name] ?? [];
      expect(facts?.help).toMatch(/^[A-Z0-9].*\.$/s);
      expect(facts?.type).toMatch(/^(gauge|counter|histogram)$/);
      const unit = /_(seconds|bytes|ratio)$/.exec(name)?.[1] ?? '';
      expect({ name, unit: facts?.unit }).toEqual({ name, unit: units ? unit : '' });
    }
  });
});

/** Before 2.49 a Prometheus could not be told which format to ask for. */
function possible() {
  if (binary === undefined) return ways;
  const { stdout, stderr } = spawnSync(binary, ['--version'], { encoding: 'utf8' });
  const [, major = '0', minor = '0'] = /version (\d+)\.(\d+)/.exec(stdout + stderr) ?? [];
  if (Number(major) > 2 || Number(minor) >= 49) return ways;
  process.stderr.write(`skipped: Prometheus ${major}.${minor} has no scrape_protocols\n`);
  return ways.filter(({ protocols }) => protocols.length === 0);
}
