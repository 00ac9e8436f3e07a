import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import { emptyFolder, run, startedProgram } from '../../e2e/program.ts';
import { opensslInstalled } from '../../openssl.ts';
import { cases, chart, helms, rendered } from './helm.ts';
import { outsideOf, together } from './outside.ts';
import { argumentsOf, environmentOf, mount, podOf } from './pod.ts';
import { scrapersOf } from './scraper.ts';
import type { Manifest } from './shapes.ts';

const [helm] = helms;
const certificates = mkdtempSync(join(tmpdir(), 'exporter-chart-'));
afterAll(() => rmSync(certificates, { recursive: true }));
const beside = opensslInstalled ? outsideOf(certificates) : { secrets: {}, configMaps: {} };

/** The pod of a case, with all its files in a folder. */
async function prepared(file: string) {
  if (helm === undefined) throw new Error('needs Helm');
  const values = readFileSync(join(chart, 'ci', file), 'utf8');
  const manifests = rendered(helm, values);
  const outside = together(beside, manifests);
  const { pod, exporter, name } = podOf(manifests);
  const folder = await emptyFolder();
  await mount(folder, pod, exporter, outside);
  const args = argumentsOf(exporter, folder, `${name}-1`);
  // Nothing listens there: no test may reach Atlas.
  const env = { ...environmentOf(exporter), HTTPS_PROXY: 'http://127.0.0.1:9' };
  // In that case the authority of the exporter's certificate is one that the machine trusts.
  const { systemAuthorities = false } = parse(values)?.scrape?.tls ?? {};
  const trusted = systemAuthorities ? { ca: outside.secrets['exporter-tls']?.['ca.crt'] } : {};
  return { manifests, outside, exporter, args, env, trusted };
}

/** Runs it as its container would, but on another port, until it listens. */
async function started({ args, env }: { args: readonly string[]; env: Record<string, string> }) {
  const program = startedProgram([...args, '--web.listen-address=127.0.0.1:0'], { env });
  const port = await vi.waitFor(() => {
    const found = /url"?[:=]"?https?:\/\/127\.0\.0\.1:(\d+)/.exec(program.stderr())?.[1];
    if (found === undefined) throw new Error(`it does not serve yet: ${program.stderr()}`);
    return Number(found);
  }, 20_000);
  return { program, port };
}

type Asking = {
  readonly scheme: string;
  readonly port: number;
  readonly path: string;
  readonly options?: Readonly<Record<string, unknown>>;
};

/** One request, and its status and body. */
function ask({ scheme, port, path, options }: Asking) {
  return new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
    const send = scheme === 'https' ? httpsRequest : httpRequest;
    const sent = send({ host: '127.0.0.1', port, path, agent: false, ...options });
    sent.on('error', reject);
    sent.on('response', (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => {
        body += text;
      });
      response.on('end', () => resolve({ status: response.statusCode, body }));
    });
    sent.end();
  });
}

function connects(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}

const needed = helm !== undefined && opensslInstalled;
const monitored = (file: string) =>
  helm !== undefined &&
  rendered(helm, readFileSync(join(chart, 'ci', file), 'utf8')).some(isMonitor);
const isMonitor = ({ kind }: Manifest) => /Monitor|Scrape$/.test(kind);

describe.skipIf(!needed)('the files of a pod are where the program looks for them', () => {
  test.each(cases.filter((file) => !monitored(file)))('%s passes check', async (file) => {
    const { args, env } = await prepared(file);
    const flags = args.filter((arg) => /^--(?:web\.)?config\.file=/.test(arg));
    const { code, stdout, stderr } = await run(['check', ...flags], { env });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.includes('The web configuration is valid.')).toBe(flags.length === 2);
  });
});

describe.skipIf(!needed)('the exporter of a pod', () => {
  test.each(cases.filter(monitored))(
    'of %s answers its probes and its monitors, and nobody without credentials',
    async (file) => {
      const pod = await prepared(file);
      const { port } = await started(pod);
      const { livenessProbe, readinessProbe, startupProbe } = pod.exporter;
      for (const probe of [livenessProbe, readinessProbe, startupProbe]) {
        if (probe?.httpGet === undefined) {
          expect(probe?.tcpSocket).toEqual({ port: 'metrics' });
          expect(await connects(port)).toBe(true);
          continue;
        }
        const { path, scheme } = probe.httpGet;
        // The kubelet verifies no certificate.
        const options = { rejectUnauthorized: false };
        const { status } = await ask({ scheme: scheme.toLowerCase(), port, path, options });
        expect(path === '/-/ready' ? [200, 503] : [200]).toContain(status);
      }
      const scrapers = pod.manifests.filter(isMonitor).map((one) => scrapersOf(one, pod.outside));
      expect(scrapers.length).toBeGreaterThan(0);
      for (const { scheme, path, options, secured } of scrapers) {
        const headers = { ...options.headers, 'X-Prometheus-Scrape-Timeout-Seconds': '0.6' };
        const scraped = await ask({
          scheme,
          port,
          path,
          options: { ...pod.trusted, ...options, headers },
        });
        expect(scraped.status).toBe(200);
        expect(scraped.body).toContain('mongodbatlas_backup_exporter_build_info{');
        if (!secured) continue;
        const bare = { rejectUnauthorized: false };
        const refused = ask({ scheme, port, path, options: bare }).then(({ status }) => status);
        expect(await refused.catch(() => 'refused')).toBeOneOf([401, 'refused']);
      }
    },
  );
});
