import { describe, expect, test } from 'vitest';
import { listening, manners } from './listening.ts';
import { said } from './raw.ts';

const host = 'Host: x\r\n';
const get = (lines = '', target = '/metrics') => `GET ${target} HTTP/1.1\r\n${host}${lines}\r\n`;
const post = (lines: string, body: string) =>
  `POST /metrics HTTP/1.1\r\n${host}${lines}\r\n${body}`;
const headers = (count: number) => 'a: canary\r\n'.repeat(count);
const kilobytes = 'a'.repeat(17 * 1024);

/** What a proxy in front could understand otherwise, and what is no HTTP. */
const refused: readonly (readonly [string, string, number])[] = [
  [
    'Content-Length and Transfer-Encoding',
    post('Content-Length: 4\r\nTransfer-Encoding: chunked\r\n', '0\r\n\r\n'),
    400,
  ],
  ['the same on a GET', get('Content-Length: 4\r\nTransfer-Encoding: chunked\r\n'), 400],
  ['two lengths', post('Content-Length: 4\r\nContent-Length: 5\r\n', 'abcde'), 400],
  ['the same length twice', post('Content-Length: 4\r\nContent-Length: 4\r\n', 'abcd'), 400],
  ['two lengths in one line', post('Content-Length: 4, 4\r\n', 'abcd'), 400],
  ['a length with a sign', post('Content-Length: +4\r\n', 'abcd'), 400],
  ['Transfer-Encoding: xchunked', post('Transfer-Encoding: xchunked\r\n', '0\r\n\r\n'), 400],
  ['the same on a GET', get('Transfer-Encoding: xchunked\r\n'), 400],
  [
    'chunked, then identity',
    get('Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n'),
    400,
  ],
  ['a chunked body on a GET', `${get('Transfer-Encoding: chunked\r\n')}0\r\n\r\n`, 400],
  ['a body on a GET', `${get('Content-Length: 39\r\n')}GET /canary HTTP/1.1\r\n${host}\r\n`, 400],
  ['lines that end in LF alone', 'GET /metrics HTTP/1.1\nHost: x\n\n', 400],
  ['one line that ends in LF alone', get('A: b\nB: c\r\n'), 400],
  ['a folded line', get('A: b\r\n canary\r\n'), 400],
  ['a space before the colon', get('A : b\r\n'), 400],
  ['two hosts', get('Host: canary\r\n'), 400],
  ['the same host twice', get(host), 400],
  ['no host', 'GET /metrics HTTP/1.1\r\n\r\n', 400],
  ['a target with a host', get('', 'http://canary/metrics'), 400],
  ['the target *', `OPTIONS * HTTP/1.1\r\n${host}\r\n`, 400],
  ['a NUL in the path', get('', '/met\0rics'), 400],
  ['a NUL in a header', get('A: b\0c\r\n'), 400],
  ['an unknown method', `BREW /metrics HTTP/1.1\r\n${host}\r\n`, 400],
  ['a method in lower case', `get /metrics HTTP/1.1\r\n${host}\r\n`, 400],
  ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400],
  ['a header of 17 KB', get(`A: ${kilobytes}\r\n`), 431],
  ['a URL of 17 KB', get('', `/${kilobytes}`), 431],
  ['101 headers', get(headers(100)), 431],
  ['2000 small headers', get(headers(1_999)), 431],
];

describe.each(manners)('over %s', (manner) => {
  test.each(refused)('%s: refused, and nothing after it is read', async (_what, bytes, status) => {
    const place = await listening(manner);
    const { text, statuses, closed } = await said(place, bytes + get());
    expect({ statuses, closed }).toEqual({ statuses: [status], closed: true });
    expect(text).toMatch(/\r\n\r\nbad request\n$/);
    expect(text).toMatch(/\r\ncontent-length: 12\r\n/i);
    expect(text).toMatch(/\r\ncache-control: no-store\r\n/i);
    expect(text).not.toContain('canary');
    expect(place.asked.pages).toEqual([]);
  });

  test.each([
    ['100 headers', get(headers(98))],
    ['a length of 0', get('Content-Length: 0\r\n')],
    ['Expect: canary', get('Expect: canary\r\n')],
    ['two requests at once', get() + get()],
  ])('%s: answered like any other', async (_what, bytes) => {
    const { text, statuses, closed } = await said(
      await listening(manner),
      bytes + get('Connection: close\r\n'),
    );
    expect(closed).toBe(true);
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(statuses.length).toBe((bytes.match(/GET/g) ?? []).length + 1);
    expect(text).not.toContain('canary');
  });

  test.each(['Expect: 100-continue', 'Upgrade: h2c\r\nConnection: upgrade'])(
    '%s: answered at once, and no more than that',
    async (line) => {
      const { text, statuses } = await said(await listening(manner), get(`${line}\r\n`), 300);
      expect(statuses).toEqual([200]);
      expect(text.endsWith('\r\n\r\nup 1\n')).toBe(true);
    },
  );

  test.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', 'PURGE', 'QUERY'])(
    '%s is not allowed, and its body is neither read nor waited for',
    async (method) => {
      const place = await listening(manner);
      for (const lines of [
        'Content-Type: application/json\r\nContent-Length: 7\r\n\r\n{canary',
        'Content-Type: canary\r\nContent-Length: 99999999\r\n\r\n{',
        'Transfer-Encoding: chunked\r\n\r\n5\r\nab',
      ]) {
        const { text, statuses, closed } = await said(
          place,
          `${method} /metrics HTTP/1.1\r\n${host}${lines}`,
        );
        expect({ statuses, closed }).toEqual({ statuses: [405], closed: true });
        expect(text).toMatch(/\r\nallow: GET, HEAD\r\n/);
        expect(text).toMatch(/\r\n\r\nmethod not allowed\n$/);
      }
    },
  );

  test('CONNECT gets no tunnel', async () => {
    const { text, closed } = await said(
      await listening(manner),
      `CONNECT x:1 HTTP/1.1\r\n${host}\r\n`,
    );
    expect({ text, closed }).toEqual({ text: '', closed: true });
  });

  test.each([
    ['/../../etc/passwd', 404],
    ['/%2e%2e/%2e%2e/etc/passwd', 404],
    ['/..%2f..%2fetc%2fpasswd', 404],
    ['//metrics', 404],
    ['/metrics/', 404],
    ['/metrics%00', 404],
    ['/metrics;x', 404],
    ['/METRICS', 404],
    ['/%zz', 400],
    ['/%ff', 400],
  ])('%s is nothing that is here: %d', async (target, status) => {
    const { text, statuses } = await said(
      await listening(manner),
      get('Connection: close\r\n', target),
    );
    expect(statuses).toEqual([status]);
    expect(text).toMatch(/\r\ncontent-length: \d+\r\n/i);
    expect(text).toMatch(/\r\n\r\n(not found|bad request)\n$/);
  });

  test('HEAD has the headers of GET, the length included, and no body', async () => {
    const place = await listening(manner);
    const close = 'Connection: close\r\n';
    const full = await said(place, get(close));
    const head = await said(place, get(close).replace('GET', 'HEAD'));
    const withoutDate = (text: string) => text.replace(/\r\ndate: [^\r]*/i, '');
    expect(withoutDate(full.text)).toBe(`${withoutDate(head.text)}up 1\n`);
    expect(head.text).toMatch(/\r\ncontent-length: 5\r\n/);
  });
});
