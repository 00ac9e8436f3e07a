import { describe, expect, test } from 'vitest';
import { helms, rendered } from './helm.ts';
import { podOf } from './pod.ts';

const [helm] = helms;

/** What Kubernetes compares to decide whether pods are replaced. */
function templateOf(values: object): unknown {
  if (helm === undefined) throw new Error('needs Helm');
  return podOf(rendered(helm, JSON.stringify(values))).spec.template;
}

const off = { reload: { enabled: false } };
const slower = { config: { poll: { interval: '15m' } } };
const user = { web: { users: { a: '$2y$10$x' } } };
const tls = { existingSecret: 'tls' };
const required = { ...tls, clientCertificates: { required: true } };

describe.skipIf(helm === undefined)('the pods', () => {
  test.each<[string, object, object]>([
    ['another configuration', {}, slower],
    ['another user', user, { web: { users: { b: '$2y$10$y' } } }],
    [
      'a header',
      { web: { tls } },
      { web: { tls, config: { tls_server_config: { max_version: 'TLS13' } } } },
    ],
    ['a monitor', {}, { serviceMonitor: { enabled: true }, rules: { enabled: true } }],
  ])('stay with %s, which the exporter takes over itself', (_, before, after) => {
    expect(templateOf(after)).toEqual(templateOf(before));
  });

  test.each<[string, object, object]>([
    ['another port', {}, { config: { web: { listen_address: '0.0.0.0:80' } } }],
    ['another address', {}, { config: { web: { listen_address: '127.0.0.1:10071' } } }],
    ['another path', {}, { config: { web: { telemetry_path: '/other' } } }],
    ['TLS', {}, { web: { tls } }],
    ['no more user', user, { web: { config: { http_server_config: {} } } }],
    ['no more client certificates', { web: { tls: required } }, { web: { tls } }],
    ['another configuration, when reload is off', off, { ...off, ...slower }],
  ])('are replaced for %s', (_, before, after) => {
    expect(templateOf(after)).not.toEqual(templateOf(before));
  });

  test('look for changes only when reload is on', () => {
    const flag = '--config.auto-reload-interval=30s';
    expect(JSON.stringify(templateOf({}))).toContain(flag);
    expect(JSON.stringify(templateOf(off))).not.toContain('auto-reload');
  });
});
