import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ruleFile } from '../../../generate/alerts/rule-file.ts';
import type { Group } from '../../../src/alerting/alert.ts';
import { usualSetting } from '../../../src/alerting/setting.ts';
import { emptyFolder } from '../../e2e/program.ts';
import { type Sample, samples, withFailedScrapes } from './samples.ts';

const prefix = 'mongodbatlas_backup_';

/**
 * Series by name without the prefix, and those of their labels that are not the usual ones, to the
 * notation of their samples. ` @b` behind it: of the second replica.
 */
export type SeriesTable = Readonly<Record<string, string>>;

type Labels = Readonly<Record<string, string>>;

export const target: Labels = { job: usualSetting.job, namespace: 'monitoring' };
export const orders: Labels = { project_id: 'p1', project: 'shop', cluster: 'orders' };

/** How a table is scraped. */
export type Scraping = 'every scrape works' | 'every fourth scrape fails' | 'by two replicas';

type PromqlTest = {
  readonly expr: string;
  readonly eval_time: string;
  readonly exp_samples: readonly { readonly labels: string; readonly value: number }[];
};
type AlertTest = {
  readonly alertname: string;
  readonly eval_time: string;
  readonly exp_alerts: readonly { readonly exp_labels: Labels; readonly exp_annotations: Labels }[];
};

/** One test of a promtool file. */
export type Unit = {
  readonly name: string;
  readonly interval: '1m';
  readonly input_series: readonly { readonly series: string; readonly values: string }[];
  readonly promql_expr_test: readonly PromqlTest[];
  readonly alert_rule_test: readonly AlertTest[];
};

export function inputSeries(table: SeriesTable, scraping: Scraping): Unit['input_series'] {
  const replicas = scraping === 'by two replicas' ? ['a', 'b'] : ['a'];
  return Object.entries(table).flatMap(([key, notation]) => {
    const [, name = '', matchers = '', only] = /^(\w+)(?:\{(.*)\})?(?: @(b))?$/.exec(key) ?? [];
    const all = samples(notation);
    const scraped = scraping === 'every fourth scrape fails' ? withFailedScrapes(name, all) : all;
    return (only === undefined ? replicas : [only]).map((replica) => ({
      series: seriesText(name, labelsOf(matchers), replica),
      values: valuesText(scraped),
    }));
  });
}

function seriesText(name: string, own: Labels, replica: string): string {
  const subject = name === 'up' || name.startsWith('exporter_') ? {} : orders;
  const instance = { instance: `${replica}:10071`, pod: `exporter-${replica}` };
  const labels = { ...target, ...instance, ...subject, ...own };
  return (name === 'up' ? name : prefix + name) + labelsText(labels);
}

function labelsOf(matchers: string): Labels {
  return Object.fromEntries(
    [...matchers.matchAll(/(\w+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]),
  );
}

function labelsText(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${value}"`);
  return `{${pairs.join(',')}}`;
}

function valuesText(all: readonly Sample[]): string {
  return all.join(' ');
}

/** Says what promtool finds wrong with these rules; nothing when all is well. */
export async function faults(
  promtool: string,
  groups: readonly Group[],
  units: readonly Unit[],
  evaluationMinutes = 1,
): Promise<string> {
  const folder = await emptyFolder();
  for (const group of groups) {
    await writeFile(join(folder, `${group.name}.yaml`), ruleFile(group, usualSetting));
  }
  const file = join(folder, 'test.json');
  // JSON is YAML.
  await writeFile(
    file,
    JSON.stringify({
      rule_files: groups.map(({ name }) => `${name}.yaml`),
      evaluation_interval: `${evaluationMinutes}m`,
      tests: units,
    }),
  );
  const { status, stdout, stderr } = spawnSync(promtool, ['test', 'rules', file], {
    encoding: 'utf8',
  });
  return status === 0 ? '' : stdout + stderr;
}
