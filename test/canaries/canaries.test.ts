import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { run } from '../e2e/program.ts';
import { configFor, newTimes, openExporter } from '../faults/setting.ts';
import { parsed } from '../metrics/exposition.ts';
import { leaksIn } from './canaries.ts';
import { takeLeaks } from './watch.ts';

test.each([
  ['a private key', 'key=canary-private-7f2c;'],
  ['a client secret', 'mdb_sa_sk_canary-91ab'],
  ['the key of the simulator', 'simulator-key'],
  ['the password of a proxy', 'http://aladdin:opensesame@proxy'],
  ['the answer to a nonce', 'Digest nc=00000001, response="0123456789abcdef0123456789abcdef"'],
  ['a token', 'authorization: Bearer eyJhbGciOiJIUzI1NiJ9'],
  ['a login', 'Proxy-Authorization: Basic YWxhZGRpbjpvcGVu'],
])('%s is found', (what, text) => {
  expect(leaksIn(text)).toEqual([what]);
});

test('words are none of it', () => {
  expect(leaksIn('Basic authentication, Bearer tokens, response="200"')).toEqual([]);
});

test('what the simulator prints of its own is no leak, but for anybody else it is', () => {
  expect(leaksIn('simulator / simulator-key', 'simulate')).toEqual([]);
  expect(leaksIn('simulator / simulator-key', 'serve')).toEqual(['the key of the simulator']);
});

test('a secret that a process prints is seen, in two pieces, too', async () => {
  const script = `
    process.stderr.write('canary-pri');
    setTimeout(() => process.stderr.write('vate-7f2c'), 50);`;
  const child = spawn(process.execPath, ['--eval', script]);
  await once(child, 'close');
  expect(takeLeaks()).toEqual(['a private key in standard error of serve']);
});

test('a secret among the arguments of a process is seen', async () => {
  await run(['check', '--config.file', '/nowhere/opensesame']);
  expect(takeLeaks()).toContain('the password of a proxy in the list of processes');
});

test('a token that was given out is seen in a page', async () => {
  const server = createServer((request, response) => {
    response.end(request.url === '/token' ? '{"access_token":"given-out-1"}' : 'page given-out-1');
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  await (await fetch(`http://127.0.0.1:${port}/token`)).text();
  expect(takeLeaks()).toEqual([]);
  await (await fetch(`http://127.0.0.1:${port}/`)).text();
  expect(takeLeaks()).toEqual(['an access token in an HTTP answer']);
});

test('a secret on a page that is parsed is seen', () => {
  const page = '# HELP a Help.\n# TYPE a gauge\na{key="simulator-key"} 1\n';
  parsed(page, 'text');
  expect(takeLeaks()).toEqual(['the key of the simulator in a page']);
});

test('a secret in the log of an exporter is seen', async () => {
  const config = await configFor('http://127.0.0.1:1', {});
  const { exporter, log } = await openExporter(config, newTimes());
  log.error({ key: 'canary-private-7f2c' }, 'a message');
  await exporter.close();
  expect(takeLeaks()).toEqual(['a private key in a log']);
});
