import type { Socket } from 'node:net';
import type { Place, Row } from '../row.ts';
import { absorbed, anywhere, fails, met, parts } from './making.ts';

const quick = { timeoutMs: 400, withinMs: 12_000 } as const;

function bytes(
  id: string,
  title: string,
  answer: (socket: Socket, nth: number) => unknown,
  expected: Row['expected'],
  places: readonly Place[] = ['snapshots', 'projects'],
): readonly Row[] {
  const meddle = (socket: Socket, nth: number) => void answer(socket, nth);
  return places.map((at) => ({
    id,
    title,
    fault: { bytes: () => meddle },
    at,
    expected,
    ...quick,
  }));
}

const ok = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n';

export const transportRows: readonly Row[] = [
  ...met('NT-01', 'server_error', fails('server'), anywhere),
  ...['502', '503', '504'].flatMap((status) =>
    met('NT-02', `gateway_error=${status}`, fails('server'), anywhere),
  ),
  ...(['snapshots', 'projects'] as const).map(
    (at): Row => ({
      id: 'NT-01',
      title: `A burst of errors 500 that ends before the third try`,
      fault: {
        answer: () => {
          let nth = 0;
          return () => (nth++ % 3 < 2 ? { status: 500, body: '' } : undefined);
        },
      },
      at,
      expected: absorbed,
    }),
  ),
  {
    id: 'NT-03',
    title: 'Connections are refused',
    fault: 'refused connections',
    at: 'everything',
    expected: fails('network'),
  },
  ...met(
    'NT-05',
    'hang',
    fails('timeout'),
    ['snapshots', 'clusters', 'projects', 'everything'],
    quick,
  ),
  ...met('NT-06', 'drip', fails('timeout'), ['snapshots', 'clusters', 'projects'], quick),
  ...met('NT-05', 'slow', fails('timeout'), ['snapshots', 'projects'], quick),
  ...met('NT-07', 'close', fails('network'), anywhere),
  ...met('NT-07', 'reset', fails('network'), anywhere),
  ...met('NT-07', 'cut_body', fails('network'), anywhere),
  ...bytes(
    'NT-07',
    'A chunked body is cut between chunks',
    (socket) => socket.end(`${ok}Transfer-Encoding: chunked\r\n\r\n3\r\n{"r\r\n`),
    fails('network'),
  ),
  ...bytes(
    'NT-08',
    'An answer that ends with the connection is cut short, and looks whole',
    (socket) => socket.end(`${ok.replace('1.1', '1.0')}\r\n{"results":[`),
    fails('bad_json'),
  ),
  ...bytes(
    'NT-08',
    'An answer that ends with the connection ends before its body',
    (socket) => socket.end(`${ok.replace('1.1', '1.0')}\r\n`),
    fails('bad_json'),
  ),
  ...bytes(
    'NT-09',
    'The connection is closed when the next request comes',
    (socket) => socket.destroy(),
    fails('network'),
  ),
  ...bytes(
    'NT-20',
    'Garbage in place of HTTP',
    (socket) => socket.end('\u0000\u0001garbage\r\n\r\n'),
    fails('network'),
  ),
  ...bytes(
    'NT-20',
    'Two different lengths',
    (socket) => socket.end(`${ok}Content-Length: 2\r\nContent-Length: 9\r\n\r\n{}`),
    fails('network'),
  ),
  ...bytes(
    'NT-20',
    'A length that is no number',
    (socket) => socket.end(`${ok}Content-Length: two\r\n\r\n{}`),
    fails('network'),
  ),
  ...bytes(
    'NT-05',
    'Half of a head, then silence',
    (socket) => socket.write('HTTP/1.1 200'),
    fails('timeout'),
  ),
  ...bytes(
    'NT-15',
    'Nothing but interim answers',
    (socket) => socket.write('HTTP/1.1 102 Processing\r\n\r\n'),
    fails('timeout'),
  ),
  ...bytes(
    'NT-16',
    'Ten thousand headers',
    (socket) => socket.end(`${ok}${'X-Many: y\r\n'.repeat(10_000)}\r\n{}`),
    fails('too_large'),
  ),
  ...bytes(
    'NT-15',
    'A status above all others',
    (socket) => socket.end('HTTP/1.1 999 Odd\r\nContent-Length: 0\r\n\r\n'),
    fails('server'),
  ),
  ...met('NT-16', 'long_headers', fails('too_large'), parts),
  ...['301', '302', '303', '307', '308'].flatMap((status) =>
    met('NT-14', `redirect=${status}`, fails('redirect'), status === '302' ? anywhere : parts),
  ),
  ...met('NT-15', 'status=204', fails('bad_schema'), parts),
  ...met('NT-15', 'status=206', fails('bad_schema'), parts),
  ...met('NT-15', 'status=304', fails('redirect'), parts),
  ...met('NT-15', 'status=600', fails('server'), parts),
];
