import { connect } from 'node:net';
import fc from 'fast-check';
import { expect } from 'vitest';
import { listening } from '../web/listening/listening.ts';
import { fuzz } from './fuzzing.ts';

/** Stands in whatever a request says; no answer may repeat it. */
const marker = 'zebra';

const method = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'OPTIONS', 'DELETE') },
  fc.constantFrom('CONNECT', 'PRI', 'get', 'M-SEARCH', '', 'GET GET', marker),
);
const target = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom('/metrics', '/', '/-/healthy', '/-/ready', '/-/reload') },
  fc.constantFrom('*', '', '//', '/../metrics', '/%zz', '/%00', `/${marker}?x=%ff`, '/metrics#x'),
  fc.constantFrom(`http://${marker}/metrics`, '/a'.repeat(9_000), `/metrics?target=${marker}`),
  fc.string({ unit: 'binary', maxLength: 30 }).map((text) => `/${marker}${text}`),
);
const version = fc.oneof(
  { weight: 8, arbitrary: fc.constant('HTTP/1.1') },
  fc.constantFrom('HTTP/1.0', 'HTTP/0.9', 'HTTP/2.0', 'HTTP/9.9', 'http/1.1', ''),
);
const line = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom('Host: x', 'Accept-Encoding: gzip', 'Connection: close'),
  },
  fc.constantFrom('Content-Length: 5', 'Content-Length: -1', 'Content-Length: 99999999999999999'),
  fc.constantFrom('Transfer-Encoding: chunked', 'Transfer-Encoding: xchunked', 'TE: trailers'),
  fc.constantFrom(
    'Expect: 100-continue',
    `Expect: ${marker}`,
    'Upgrade: h2c',
    'Connection: Upgrade',
  ),
  fc.constantFrom(
    'Accept: application/openmetrics-text',
    `Accept: ${marker};q=zz`,
    'Range: bytes=0-1',
  ),
  fc.constantFrom('X-Prometheus-Scrape-Timeout-Seconds: -1', `X-${marker}: ${'y'.repeat(17_000)}`),
  fc.constantFrom(' folded', 'NoColon', ': empty', 'A : b', 'Authorization: Basic %%%', 'Host: y'),
  fc.string({ unit: 'binary', maxLength: 40 }).map((text) => `X-${marker}: ${text}`),
);
const body = fc.oneof(
  { weight: 4, arbitrary: fc.constant('') },
  fc.constantFrom('abcde', '5\r\nabcde\r\n0\r\n\r\n', 'zz\r\n', `{"${marker}":`),
);
const end = fc.oneof(
  { weight: 9, arbitrary: fc.constant('\r\n') },
  fc.constantFrom('\n', '\r', '\r\r\n', '\0\r\n'),
);
const request = fc
  .tuple(method, target, version, fc.array(line, { maxLength: 5 }), body, end)
  .map(
    ([verb, path, protocol, lines, content, newline]) =>
      `${verb} ${path} ${protocol}${newline}Host: x${newline}${lines
        .map((one) => one + newline)
        .join('')}${newline}${content}`,
  );
const garbage = fc.string({ unit: 'binary', maxLength: 60 });
const few = fc.array(fc.oneof({ weight: 9, arbitrary: request }, garbage), {
  minLength: 1,
  maxLength: 4,
});
/** One or more requests, of which the last may be only a part, in pieces. */
const stream = fc
  .tuple(few, fc.option(fc.nat({ max: 400 })), fc.array(fc.nat({ max: 400 }), { maxLength: 3 }))
  .map(([all, cutAt, splits]) => {
    const bytes = Buffer.from(all.join(''), 'latin1');
    const whole = cutAt === null ? bytes : bytes.subarray(0, cutAt);
    const at = [0, ...splits.toSorted((a, b) => a - b), whole.length];
    return at.slice(1).map((to, n) => whole.subarray(at[n], to).toString('latin1'));
  });

/** Everything that comes until the server closes. Rejects when it does not. */
function exchanged(port: number, pieces: readonly string[], withinMs: number): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => {
      for (const piece of pieces) socket.write(piece, 'latin1');
      socket.end();
    });
    const patience = setTimeout(() => {
      socket.destroy();
      reject(new Error(`open after ${withinMs} ms: ${text.slice(0, 200)}`));
    }, withinMs);
    // A server may refuse what is still on its way.
    socket.on('error', () => undefined);
    socket
      .setNoDelay()
      .setEncoding('latin1')
      .on('data', (more) => {
        text += more;
      });
    socket.on('close', () => {
      clearTimeout(patience);
      resolve(text);
    });
  });
}

const bodies: Readonly<Record<number, readonly string[]>> = {
  400: ['bad request\n'],
  403: ['reloading by HTTP is off; --web.enable-lifecycle turns it on\n'],
  404: ['not found\n'],
  405: ['method not allowed\n'],
  408: ['bad request\n'],
  431: ['bad request\n'],
};
const good = /^(up 1\n|healthy\n|ready\n|<!doctype html>\n.*<\/html>\n|\{.*\}\n?)$/s;

/** Answers to HEAD, and ones that the server has cut off with the connection, have no body. */
function judge(text: string): void {
  let rest = text;
  while (rest !== '') {
    const head = /^HTTP\/1\.1 (\d{3}) [ \w-]+\r\n((?:[\w-]+: [^\r\n]*\r\n)*)\r\n/.exec(rest);
    expect(head, rest.slice(0, 300)).not.toBeNull();
    const [all = '', status = '', headers = ''] = head ?? [];
    rest = rest.slice(all.length);
    if (status === '100') continue;
    const length = Number(/^content-length: (\d+)\r$/im.exec(headers)?.[1]);
    expect(Number.isInteger(length), headers).toBe(true);
    if (rest === '' || rest.startsWith('HTTP/1.1 ')) continue;
    const content = rest.slice(0, length);
    expect(content).toHaveLength(length);
    if (status !== '200') expect(bodies[Number(status)] ?? [], status).toContain(content);
    else if (!/^content-encoding: gzip/im.test(headers)) expect(content).toMatch(good);
    rest = rest.slice(length);
  }
}

fuzz('rawHttp', async () => {
  const { port, asked } = await listening('plain');
  const scrape = ['GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'];
  return fc.asyncProperty(stream, async (pieces) => {
    const text = await exchanged(port, pieces, 3_000);
    judge(text);
    expect(text).not.toContain(marker);
    expect(await exchanged(port, scrape, 3_000)).toMatch(
      /^HTTP\/1\.1 200 OK\r\n[\s\S]*\r\n\r\nup 1\n$/,
    );
    expect(asked.pages.length).toBeGreaterThan(0);
    expect(asked).toMatchObject({ errors: [] });
  });
});
