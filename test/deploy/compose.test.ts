import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { commands } from '../../src/cli/commands.ts';
import { callOf } from '../../src/cli/usage.ts';
import { alertmanagerConfig, deploy, prometheusConfig, repository, shipped } from './shipped.ts';

/** The part of the Compose specification that the file uses; any other key is a slip. */
const duration = z.string().regex(/^\d+(ms|s|m|h)$/);
const service = z.strictObject({
  build: z.string().optional(),
  image: z.string().optional(),
  command: z.array(z.string()).default([]),
  ports: z.array(z.string()),
  volumes: z.array(z.string()).default([]),
  environment: z.record(z.string(), z.string()).optional(),
  depends_on: z
    .record(z.string(), z.strictObject({ condition: z.literal('service_healthy') }))
    .default({}),
  healthcheck: z.strictObject({
    test: z.tuple([z.literal('CMD')], z.string()),
    interval: duration,
    timeout: duration.optional(),
    start_period: duration.optional(),
  }),
  read_only: z.boolean().optional(),
  cap_drop: z.array(z.string()).optional(),
  security_opt: z.array(z.string()).optional(),
  mem_limit: z.string().optional(),
  pids_limit: z.number().optional(),
});
const compose = z.strictObject({ name: z.string(), services: z.record(z.string(), service) });

const { services } = await shipped(join(deploy, 'compose.yaml'), compose);
const all = Object.entries(services).map(([name, settings]) => ({ name, ...settings }));
const prometheus = await shipped(join(deploy, 'prometheus.yaml'), prometheusConfig);

/** The ports of each service, as `name:port` inside and the URL outside. */
const published = all.flatMap(({ name, ports }) =>
  ports.map((port) => {
    const [, host, outside, inside] = /^([\d.]+):(\d+):(\d+)$/.exec(port) ?? [];
    return { host, inside: `${name}:${inside}`, outside: `http://localhost:${outside}` };
  }),
);

/** Where a path inside a service is outside, by its mounts. */
function mounted(name: string, path: string): string | undefined {
  const found = services[name]?.volumes
    .map((volume) => volume.split(':'))
    .find(([, inside = '']) => path === inside || path.startsWith(`${inside}/`));
  const [outside = '', inside = ''] = found ?? [];
  return found && resolve(deploy, outside) + path.slice(inside.length);
}

describe('compose.yaml', () => {
  test('has the four services', () => {
    const names = ['exporter', 'prometheus', 'alertmanager', 'grafana'];
    expect(Object.keys(services)).toEqual(names);
  });

  test.each(all)('builds $name here, or takes one release of it', ({ build, image }) => {
    if (build !== undefined) {
      expect(image).toBeUndefined();
      expect(existsSync(resolve(deploy, build, 'Dockerfile'))).toBe(true);
    } else expect(image).toMatch(/^docker\.io\/[a-z]+\/[a-z]+:v?\d+\.\d+\.\d+$/);
  });

  test.each(all)('lets $name read what is there, and change nothing of it', ({ volumes }) => {
    for (const volume of volumes) {
      const [outside = '', inside, mode] = volume.split(':');
      expect({ volume, mode }).toEqual({ volume, mode: 'ro' });
      expect(inside).toMatch(/^\//);
      expect({ volume, isThere: existsSync(resolve(deploy, outside)) }).toEqual({
        volume,
        isThere: true,
      });
    }
  });

  test('publishes every port to this machine alone, and none twice', () => {
    expect(published.map(({ host }) => host)).toEqual(all.map(() => '127.0.0.1'));
    expect(new Set(published.map(({ outside }) => outside)).size).toBe(published.length);
  });

  test('waits only for services that there are', () => {
    const waited = all.flatMap(({ depends_on }) => Object.keys(depends_on));
    expect(waited.filter((name) => services[name] === undefined)).toEqual([]);
  });

  test('gives the exporter a command that it has, and the address of its pages', () => {
    const { command, values } = callOf(services['exporter']?.command ?? [], commands);
    expect(command.name).toBe('demo');
    const port = published.find(({ inside }) => inside === 'exporter:10071');
    expect(values).toEqual({
      'web.listen-address': ':10071',
      'web.external-url': port?.outside,
    });
  });
});

describe('Prometheus, Alertmanager and Grafana', () => {
  const inside = published.map((port) => port.inside);

  test('find each other', async () => {
    const { alerting, scrape_configs } = prometheus;
    const targets = [...alerting.alertmanagers, ...scrape_configs]
      .flatMap(({ static_configs }) => static_configs)
      .flatMap((one) => one.targets);
    expect(targets.toSorted()).toEqual(['alertmanager:9093', 'exporter:10071']);
    const sources = z.looseObject({ datasources: z.array(z.looseObject({ url: z.string() })) });
    const grafana = await shipped(join(deploy, 'grafana/datasources.yaml'), sources);
    expect(grafana.datasources.map(({ url }) => url)).toEqual(['http://prometheus:9090']);
    for (const target of [...targets, 'prometheus:9090']) expect(inside).toContain(target);
  });

  test('read the configuration that their commands name', () => {
    for (const { name, command } of all) {
      const [, path] = /--config\.file=(\S+)/.exec(command.join(' ')) ?? [];
      if (path === undefined) continue;
      expect(existsSync(mounted(name, path) ?? '')).toBe(true);
    }
  });

  test('have all rules of the chart, under the name of the job that they expect', () => {
    const [pattern = '', ...more] = prometheus.rule_files;
    expect(more).toEqual([]);
    const rules = join(repository, 'helm/mongodbatlas-backup-exporter/rules/*.yaml');
    expect(mounted('prometheus', pattern)).toBe(rules);
    const jobs = prometheus.scrape_configs.map(({ job_name }) => job_name);
    expect(jobs).toEqual(['mongodbatlas-backup-exporter']);
  });

  test('show the dashboards of the chart', async () => {
    const providers = z.looseObject({
      providers: z.array(z.looseObject({ options: z.strictObject({ path: z.string() }) })),
    });
    const grafana = await shipped(join(deploy, 'grafana/dashboards.yaml'), providers);
    const outside = grafana.providers.map(({ options }) => mounted('grafana', options.path));
    const folder = join(repository, 'helm/mongodbatlas-backup-exporter/dashboards');
    expect(outside).toEqual([folder]);
    expect(readdirSync(folder)).toEqual(['cluster.json', 'overview.json']);
  });

  test('route and silence alerts as the example for Alertmanager does', async () => {
    const ours = await shipped(join(deploy, 'alertmanager.yaml'), alertmanagerConfig);
    const example = await shipped(
      join(repository, 'docs/alertmanager.example.yaml'),
      alertmanagerConfig,
    );
    expect({ ...ours, receivers: [] }).toEqual({ ...example, receivers: [] });
    expect(ours.receivers).toEqual(example.receivers.map(({ name }) => ({ name })));
  });
});
