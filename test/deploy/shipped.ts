import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

export const repository = join(import.meta.dirname, '../..');
export const deploy = join(repository, 'deploy');

/** The content of a YAML file as far as the schema says. */
export async function shipped<T>(file: string, schema: z.ZodType<T>): Promise<T> {
  return schema.parse(parse(await readFile(file, 'utf8')));
}

const job = z.looseObject({
  job_name: z.string(),
  static_configs: z.array(z.strictObject({ targets: z.array(z.string()) })),
});
export const prometheusConfig = z.strictObject({
  global: z.record(z.string(), z.string()),
  rule_files: z.array(z.string()),
  alerting: z.strictObject({
    alertmanagers: z.array(z.strictObject({ static_configs: job.shape.static_configs })),
  }),
  scrape_configs: z.array(job),
});

const route = z.looseObject({ receiver: z.string() });
export const alertmanagerConfig = z.strictObject({
  route: route.extend({ routes: z.array(route) }),
  inhibit_rules: z.array(z.unknown()),
  receivers: z.array(z.looseObject({ name: z.string() })),
});
