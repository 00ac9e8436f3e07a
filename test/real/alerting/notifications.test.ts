import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  alertmanagerConfig,
  deploy,
  prometheusConfig,
  repository,
  shipped,
} from '../../deploy/shipped.ts';
import { startProgram } from '../../e2e/program.ts';
import { valuesOf } from '../../e2e/samples.ts';
import { scrapeOf } from '../../e2e/serving.ts';
import { type Notification, openInbox, startAlertmanager } from '../alertmanager.ts';
import { freePort, type Prometheus, startPrometheus } from '../prometheus.ts';
import { tools } from '../tools.ts';
import { hurried, hurriedRules } from './hurried.ts';

const found = tools('PROMETHEUS', 'ALERTMANAGER');
/** Five minutes are five seconds. */
const factor = 60;

const rules = join(repository, 'helm/mongodbatlas-backup-exporter/rules');

const closing: (() => Promise<unknown>)[] = [];

/** Prometheus as `deploy` has it, but for addresses and for how long it waits. */
async function watching(binary: string, exporter: string, alertmanager: string) {
  const folder = await mkdtemp(join(tmpdir(), 'exporter-rules-'));
  closing.push(() => rm(folder, { recursive: true }));
  for (const file of await readdir(rules)) {
    const text = await readFile(join(rules, file), 'utf8');
    await writeFile(join(folder, file), hurriedRules(text, factor));
  }
  const config = await shipped(join(deploy, 'prometheus.yaml'), prometheusConfig);
  const to = (address: string) => [{ targets: [address] }];
  const [job] = config.scrape_configs;
  const prometheus = await startPrometheus(binary, {
    global: { scrape_interval: '1s', evaluation_interval: '1s' },
    rule_files: [join(folder, '*.yaml')],
    alerting: { alertmanagers: [{ static_configs: to(alertmanager) }] },
    scrape_configs: [{ ...job, static_configs: to(exporter) }],
  });
  closing.push(prometheus.stop);
  return prometheus;
}

/** Alertmanager as `deploy` has it, but for how long it waits, with receivers that tell the inbox. */
async function telling(binary: string, url: string) {
  const config = await shipped(join(deploy, 'alertmanager.yaml'), alertmanagerConfig);
  const receivers = config.receivers.map((one) => ({ ...one, webhook_configs: [{ url }] }));
  const alertmanager = await startAlertmanager(binary, {
    ...config,
    route: hurried(config.route, factor),
    receivers,
  });
  closing.push(alertmanager.stop);
  await alertmanager.ready();
  return alertmanager.address;
}

describe.skipIf(found === undefined)('what people are told of the demo', () => {
  const [prometheusBinary = '', alertmanagerBinary = ''] = found ?? [];
  let received: readonly Notification[];
  let prometheus: Prometheus;
  let external: string;
  const told = () => received.flatMap((one) => one.alerts);
  const about = (alertname: string, cluster: string) =>
    told().find(({ labels }) => labels['alertname'] === alertname && labels['cluster'] === cluster);

  beforeAll(async () => {
    const address = `127.0.0.1:${await freePort()}`;
    external = `http://${address}`;
    const flags = ['--web.listen-address', address, '--web.external-url', external];
    const demo = startProgram(['demo', ...flags]);
    closing.push(demo.stop);
    await demo.printed(/Metrics +(\S+)/);
    const inbox = await openInbox();
    closing.push(inbox.close);
    received = inbox.received;
    const alertmanager = await telling(alertmanagerBinary, inbox.url);
    prometheus = await watching(prometheusBinary, address, alertmanager);
    // It waits for longer than the others of which something is expected.
    await vi.waitFor(() => expect(about('AtlasBackupDisabled', 'scratch')).toBeDefined(), 90_000);
  }, 120_000);

  afterAll(async () => {
    for (const close of closing.toReversed()) await close();
  });

  test('names the cluster, its project, since when, and what was promised', async () => {
    const page = (await scrapeOf(`${external}/metrics`)).text;
    const wallet = { project: 'payments', cluster: 'wallet' };
    const timeOf = (family: string) => {
      const [seconds = Number.NaN] = valuesOf(page, family, wallet);
      return `${new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ')} +0000 UTC`;
    };
    const alert = about('AtlasBackupOverdue', 'wallet');
    expect(alert?.annotations['summary']).toBe('The backup of payments/wallet is overdue');
    expect(alert?.annotations['description']).toBe(
      [
        'Cluster wallet of project payments has no completed snapshot newer than',
        `${timeOf('snapshot_last_completed_timestamp_seconds')}.`,
        `One was due by ${timeOf('snapshot_due_timestamp_seconds')}, by its objective of 6h 0m 0s.`,
        'Data written since would be lost if the cluster were.',
        `See ${external}/clusters/${alert?.labels['project_id']}/wallet.`,
      ].join(' '),
    );
  });

  test('is text to its end, and leads to a runbook', () => {
    expect(told().length).toBeGreaterThan(10);
    for (const { annotations } of told()) {
      const { summary = '', description = '', runbook_url: runbook = '' } = annotations;
      expect(summary).toMatch(/^\S.{10,100}$/);
      expect(description).toMatch(/^[A-Z].{30,}\.$/);
      expect(summary + description).not.toMatch(/\{\{|<no value>|<nil>|<error|%!|NaN|undefined/);
      expect(existsSync(join(repository, 'docs/runbooks', basename(runbook)))).toBe(true);
    }
  });

  test('leads from each alert about a cluster to the page about it', async () => {
    const ofClusters = told().filter(({ labels }) => labels['cluster'] !== undefined);
    const links = ofClusters.map(({ labels, annotations }) => {
      const link = / See (\S+)\.$/.exec(annotations['description'] ?? '')?.[1];
      expect(link).toBe(`${external}/clusters/${labels['project_id']}/${labels['cluster']}`);
      return link ?? '';
    });
    expect(links.length).toBeGreaterThan(10);
    for (const link of new Set(links)) {
      const answer = await fetch(link);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    }
  });

  test('goes to the receiver for its severity', () => {
    const receivers = { critical: 'page', warning: 'ticket', info: 'note' };
    const ways = received.flatMap(({ receiver, alerts }) =>
      alerts.map(({ labels }) => `${labels['severity']} to ${receiver}`),
    );
    const right = Object.entries(receivers).map(
      ([severity, receiver]) => `${severity} to ${receiver}`,
    );
    expect(ways.filter((way) => !right.includes(way))).toEqual([]);
    expect(new Set(ways).size).toBeGreaterThan(1);
  });

  test('comes in one message for all clusters of a project that have the same trouble', () => {
    const [first, ...more] = received.filter(
      ({ groupLabels }) =>
        groupLabels['alertname'] === 'AtlasBackupOverdue' && groupLabels['project'] === 'payments',
    );
    expect(more).toEqual([]);
    expect(first?.alerts.map(({ labels }) => labels['cluster']).toSorted()).toEqual([
      'disputes',
      'settlement',
      'wallet',
    ]);
  });

  test('is not what another alert says better', async () => {
    const overdue = 'alertname="AtlasBackupOverdue",cluster="notifications",alertstate="firing"';
    expect(await prometheus.values(`ALERTS{${overdue}}`)).toEqual([1]);
    expect(about('AtlasBackupNeverTaken', 'notifications')).toBeDefined();
    expect(about('AtlasBackupOverdue', 'notifications')).toBeUndefined();
  });

  test('is evaluated and sent without a complaint', () => {
    expect(prometheus.complaints()).toEqual([]);
  });
});
