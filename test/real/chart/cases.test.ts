import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { tool } from '../tools.ts';
import { cases, chart, helms, manifestsIn, namespace, template } from './helm.ts';
import { podOf } from './pod.ts';
import { objection } from './schemas.ts';
import { monitor, podSpec, selecting, service } from './shapes.ts';

const models = tool('KUBERNETES_MODELS');
const [helm] = helms;

const dashboards = Object.fromEntries(
  globSync(join(chart, 'dashboards/*.json')).map((path) => [
    basename(path),
    readFileSync(path, 'utf8'),
  ]),
);

const monitors = ['ServiceMonitor', 'PodMonitor', 'VMServiceScrape', 'PodMonitoring'];

function holds(labels: Readonly<Record<string, string>>, wanted: Readonly<Record<string, string>>) {
  return Object.entries(wanted).every(([key, value]) => labels[key] === value);
}

describe.each(cases)('%s', (file) => {
  if (helm === undefined) return test.skip('needs Helm', () => undefined);
  const values = readFileSync(join(chart, 'ci', file), 'utf8');
  const given = parse(values);
  const { stdout: text } = template(helm, values);
  const manifests = manifestsIn(text);
  const ofKind = (...kinds: readonly string[]) =>
    manifests.filter(({ kind }) => kinds.includes(kind));
  const { spec, template: metadata, pod, exporter } = podOf(manifests);
  const services = ofKind('Service').map((one) => service.parse(one));
  const main = services.find(({ spec }) => spec.clusterIP !== 'None');
  const podsOfAll = [pod, ...ofKind('Pod').map((one) => podSpec.parse(one['spec']))];

  test.each(helms)('is rendered by $name to the same as by any other', (other) => {
    expect(template(other, values)).toEqual({ status: 0, stdout: text, stderr: '' });
  });

  test.skipIf(models === undefined)('has objects that their schemas take', async () => {
    for (const one of manifests) {
      const { kind, metadata } = one;
      const said = await objection(models ?? '', one);
      expect({ kind, name: metadata.name, said }).toEqual({ kind, name: metadata.name });
    }
  });

  test('has one object of each kind and name, in a namespace', () => {
    const names = manifests.map(({ kind, metadata: { name } }) => `${kind}/${name}`);
    expect(new Set(names).size).toBe(names.length);
    for (const { metadata } of manifests.filter(({ metadata }) => metadata.labels !== undefined)) {
      expect(metadata.namespace).toMatch(/^[a-z]+$/);
    }
  });

  test('has selectors that select the pods, and nothing else', () => {
    const { labels } = metadata;
    expect(holds(labels, spec.selector.matchLabels)).toBe(true);
    for (const one of services) expect(one.spec.selector).toEqual(spec.selector.matchLabels);
    for (const one of ofKind('PodDisruptionBudget', 'PodMonitor', 'PodMonitoring')) {
      expect(selecting.parse(one).spec.selector).toEqual(spec.selector);
    }
    for (const one of ofKind('Pod')) {
      expect(holds(one.metadata.labels ?? {}, spec.selector.matchLabels)).toBe(false);
    }
    for (const one of ofKind('NetworkPolicy')) {
      const { podSelector, ingress } = selecting.parse(one).spec;
      expect(exporter.ports.map(({ name }) => name)).toContain(ingress?.[0]?.ports?.[0]?.port);
      expect(Object.keys(podSelector?.matchLabels ?? {})).toHaveLength(2);
      for (const selected of [labels, ...ofKind('Pod').map(({ metadata }) => metadata.labels)]) {
        expect(holds(selected ?? {}, podSelector?.matchLabels ?? {})).toBe(true);
      }
    }
  });

  test('has Services that monitors select once, and that lead to the port of the exporter', () => {
    expect(main).toBeDefined();
    for (const one of ofKind('ServiceMonitor', 'VMServiceScrape')) {
      const { matchLabels } = monitor.parse(one).spec.selector;
      const selected = services.filter(({ metadata }) => holds(metadata.labels, matchLabels));
      expect(selected).toEqual([main]);
    }
    const names = exporter.ports.map(({ name }) => name);
    for (const { spec } of services) {
      for (const port of spec.ports) expect(names).toContain(port.targetPort);
    }
  });

  test('has pods that pass Pod Security "restricted", with a file system that is only read', () => {
    const ownUser = file !== 'openshift-values.yaml';
    for (const { securityContext, hostNetwork, hostPID, hostIPC, ...one } of podsOfAll) {
      expect({ hostNetwork, hostPID, hostIPC }).toEqual({});
      expect(one.automountServiceAccountToken).toBe(false);
      expect(securityContext).toMatchObject({
        runAsNonRoot: true,
        seccompProfile: { type: 'RuntimeDefault' },
      });
      expect(securityContext?.runAsUser).toBe(ownUser ? 65_532 : undefined);
      for (const volume of one.volumes) expect(volume).not.toHaveProperty('hostPath');
      for (const container of [...one.containers, ...one.initContainers]) {
        expect(container.securityContext).toMatchObject({
          allowPrivilegeEscalation: false,
          capabilities: { drop: ['ALL'] },
        });
        expect(container.securityContext?.capabilities?.add).toBeUndefined();
        expect(container.securityContext?.runAsUser).not.toBe(0);
        expect(container.securityContext?.privileged).not.toBe(true);
      }
      expect(one.containers[0]?.securityContext?.readOnlyRootFilesystem).toBe(true);
    }
  });

  test('sets no resources unless told', () => {
    expect(exporter.resources).toEqual(given.resources);
    for (const one of ofKind('Pod')) {
      expect(podSpec.parse(one['spec']).containers[0]?.resources).toBeUndefined();
    }
  });

  test('has monitors that set the job, honor our labels, and speak as the exporter does', () => {
    const { job = 'mongodbatlas-backup-exporter' } = given.scrape ?? {};
    const secured = exporter.readinessProbe?.httpGet?.scheme === 'HTTP' ? 'http' : 'https';
    for (const one of ofKind(...monitors)) {
      const { kind, metadata, spec } = monitor.parse(one);
      const [endpoint, ...more] = spec.endpoints ?? spec.podMetricsEndpoints ?? [];
      expect(more).toEqual([]);
      expect(endpoint?.scheme).toBe(secured);
      expect((endpoint?.tlsConfig ?? endpoint?.tls) !== undefined).toBe(secured === 'https');
      expect(main?.spec.ports[0]?.appProtocol).toBe(secured);
      expect(endpoint?.port).toBe(main?.spec.ports[0]?.name);
      expect(exporter.ports.map(({ name }) => name)).toContain(endpoint?.port);
      if (kind === 'PodMonitoring') expect(metadata.name).toBe(job);
      else {
        const [first] = endpoint?.relabelings ?? endpoint?.relabelConfigs ?? [];
        expect(first).toEqual({ action: 'replace', targetLabel: 'job', replacement: job });
        expect(endpoint?.honorLabels).toBe(true);
        expect(spec.namespaceSelector?.matchNames).toEqual([namespace]);
      }
    }
  });

  test('has the dashboards of the chart, byte for byte', () => {
    const wanted = given.dashboards?.enabled === true ? dashboards : {};
    const boards = ofKind('ConfigMap').filter(
      ({ metadata }) => metadata.labels?.['app.kubernetes.io/component'] === 'dashboard',
    );
    expect(Object.assign({}, ...boards.map(({ data }) => data))).toEqual(wanted);
    expect(boards).toHaveLength(Object.keys(wanted).length);
    for (const { metadata } of boards) expect(metadata.labels?.['grafana_dashboard']).toBe('1');
  });

  test('keeps every secret out of what is not a Secret', () => {
    const texts = manifests
      .filter(({ kind }) => kind !== 'Secret')
      .map((one) => JSON.stringify(one));
    for (const text of texts) expect(text).not.toMatch(/\$2[aby]\$|PRIVATE KEY|mdb_sa_sk/);
  });
});
