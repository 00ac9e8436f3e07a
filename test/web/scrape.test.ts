import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { type Asked, newRoutes } from './routes.ts';

const prometheus242 =
  'application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1';
const prometheus35 =
  'application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2';
const prometheus35Histograms =
  'application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited;q=0.6,application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.3,text/plain;version=0.0.4;q=0.2,*/*;q=0.1';
const prometheusTextFirst =
  'text/plain;version=0.0.4;q=0.6,application/openmetrics-text;version=1.0.0;q=0.5,*/*;q=0.4';
const vmagent = 'text/plain;version=0.0.4;q=1,*/*;q=0.1';
const browser = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8';

const text = 'text/plain; version=0.0.4; charset=utf-8';
const openMetrics = 'application/openmetrics-text; version=1.0.0; charset=utf-8';

describe('the format of the page', () => {
  test.each([
    ['Prometheus 2.42', prometheus242, openMetrics],
    ['Prometheus 3.5', prometheus35, openMetrics],
    ['Prometheus 3.5 with native histograms', prometheus35Histograms, openMetrics],
    ['Prometheus told to prefer text', prometheusTextFirst, text],
    ['vmagent', vmagent, text],
    ['curl', '*/*', text],
    ['a browser', browser, text],
    ['somebody who sends no Accept', undefined, text],
    [
      'somebody who likes both alike',
      'text/plain;q=0.5, application/openmetrics-text;q=0.5',
      openMetrics,
    ],
    ['somebody who refuses OpenMetrics', 'application/openmetrics-text;q=0, */*', text],
    [
      'somebody who wants an OpenMetrics of the future',
      'application/openmetrics-text;version=2.0.0',
      text,
    ],
    ['somebody who wants an unknown type', 'application/json', text],
    ['somebody who sends nonsense', ';;,=,q=;application/openmetrics-text;q=x', text],
  ])('for %s', async (_who, accept, expected) => {
    const { get, asked } = newRoutes();
    const { statusCode, headers } = await get('/metrics', accept === undefined ? {} : { accept });
    expect({ statusCode, type: headers['content-type'] }).toEqual({
      statusCode: 200,
      type: expected,
    });
    expect(headers['vary']).toBe('Accept, Accept-Encoding');
    const format = expected === text ? 'text' : 'openmetrics';
    expect(asked.pages).toEqual([{ format, gzip: false }]);
  });
});

describe('compression of the page', () => {
  test.each([
    ['gzip', true],
    ['gzip, deflate, br', true],
    ['GZIP;q=0.1', true],
    ['x-gzip', true],
    ['*', true],
    ['br', false],
    ['gzip;q=0', false],
    ['gzip;q=0.000, *', false],
    ['*;q=0', false],
    ['identity', false],
    ['', false],
    ['gzip;q=nonsense', false],
  ])('Accept-Encoding: %s', async (acceptEncoding, compressed) => {
    const { get, body } = newRoutes();
    const answer = await get('/metrics', { 'accept-encoding': acceptEncoding });
    expect(answer.headers['content-encoding']).toBe(compressed ? 'gzip' : undefined);
    expect(answer.headers['vary']).toBe('Accept, Accept-Encoding');
    const shown = compressed ? gunzipSync(answer.rawPayload).toString() : answer.payload;
    expect(shown).toBe(body);
  });
});

describe('a scrape', () => {
  test('asks for a refresh, and is measured', async () => {
    const { get, asked } = newRoutes();
    await get('/metrics');
    expect(asked).toMatchObject({ refreshes: 1, waits: [] } satisfies Partial<Asked>);
    expect(asked.scrapes).toHaveLength(1);
  });

  test.each([
    [{}, 9_500],
    [{ 'x-prometheus-scrape-timeout-seconds': '15' }, 14_500],
    [{ 'x-prometheus-scrape-timeout-seconds': '0.2' }, 0],
    [{ 'x-prometheus-scrape-timeout-seconds': '86400' }, 120_000],
    [{ 'x-prometheus-scrape-timeout-seconds': 'soon' }, 9_500],
    [{ 'x-prometheus-scrape-timeout-seconds': '' }, 9_500],
  ])('with %j waits for the first poll at most %d ms', async (headers, ms) => {
    const { get, asked } = newRoutes({ ready: false });
    expect((await get('/metrics', headers)).statusCode).toBe(200);
    expect(asked.waits).toEqual([ms]);
  });

  test.each(['/metrics?target=http://127.0.0.1:1/', '/metrics?module=x&collect[]=y', '/metrics?'])(
    '%s is the page like any other: parameters do nothing',
    async (path) => {
      const { get, body } = newRoutes();
      const { statusCode, payload } = await get(path);
      expect({ statusCode, payload }).toEqual({ statusCode: 200, payload: body });
    },
  );

  test('that cannot be answered is a 500 with a constant body, and goes to the log', async () => {
    const { get, asked } = newRoutes({ broken: true });
    const { statusCode, payload } = await get('/metrics');
    expect({ statusCode, payload }).toEqual({ statusCode: 500, payload: 'internal error\n' });
    expect(asked.errors).toEqual([new Error('a canary that nobody may see')]);
  });

  test('the page is where telemetry_path says, and nowhere else', async () => {
    const { get } = newRoutes({ telemetryPath: '/backup/metrics' });
    expect((await get('/backup/metrics')).statusCode).toBe(200);
    expect((await get('/metrics')).statusCode).toBe(404);
    expect((await get('/')).payload).toContain('href="./backup/metrics"');
  });
});
