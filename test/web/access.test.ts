import { connect } from 'node:net';
import { hashSync } from 'bcryptjs';
import { describe, expect, onTestFinished, test } from 'vitest';
import { testFolder } from './listening/certificates.ts';
import { newRoutes } from './routes.ts';
import { accessFrom } from './secured.ts';

const hash = hashSync('canary-7f3a', 4);
const users = ['basic_auth_users:', `  alice: ${hash}`];
const basic = (user: string, password: string) => ({
  authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
});
const alice = basic('alice', 'canary-7f3a');

async function routes(lines: readonly string[]) {
  const tested = await accessFrom(testFolder(), lines);
  return { ...tested, ...newRoutes({ access: tested.access }) };
}

describe('with basic_auth_users', () => {
  test.each([
    ...['/', '/?state=late', '/clusters/a/b', '/assets/style.css', '/metrics', '/nothing', '/-/'],
    ...['/-/healthy/', '/-/reload', '/api/v1/status', '/api/v1/clusters'],
  ])('%s asks for credentials before anything else', async (path) => {
    const { get, send, asked } = await routes(users);
    for (const answer of [
      await get(path),
      await get(path, basic('alice', 'wrong')),
      await get(path, basic('bob', 'canary-7f3a')),
      await send('POST', path),
    ]) {
      expect(answer).toMatchObject({
        statusCode: 401,
        payload: 'unauthorized\n',
        headers: { 'www-authenticate': 'Basic', 'content-type': 'text/plain; charset=utf-8' },
      });
    }
    expect(asked).toMatchObject({ refreshes: 0, pages: [], errors: [] });
  });

  test('who has a password gets what there is', async () => {
    const { get } = await routes(users);
    expect(await get('/metrics', alice)).toMatchObject({ statusCode: 200, payload: 'up 1\n' });
    expect((await get('/nothing', alice)).statusCode).toBe(404);
  });

  test('probes need none', async () => {
    const { get, send } = await routes(users);
    expect((await get('/-/healthy')).payload).toBe('healthy\n');
    expect((await get('/-/ready?now')).payload).toBe('ready\n');
    expect((await send('HEAD', '/-/ready')).statusCode).toBe(200);
    expect((await send('POST', '/-/healthy')).statusCode).toBe(401);
  });

  test('the log has neither password nor hash nor user', async () => {
    const { get, log, write, later } = await routes(users);
    await get('/metrics', alice);
    await get('/metrics', basic('canary', '7f3a'));
    write(['basic_auth_users:', `  canary-7f3a: x${hash}`]);
    later();
    await get('/metrics', alice);
    expect(log()).toHaveLength(1);
    for (const piece of ['canary', '7f3a', 'alice', hash.slice(10)]) {
      expect(JSON.stringify(log())).not.toContain(piece);
    }
  });
});

describe('headers', () => {
  const csp = "default-src 'self'";
  const configured = [
    'http_server_config:',
    '  http2: false',
    '  headers:',
    `    Content-Security-Policy: "${csp}"`,
    '    X-Frame-Options: deny',
    '    Strict-Transport-Security: max-age=31536000',
    '    X-XSS-Protection: ""',
  ];

  test('that are configured win, are added to ours, and are on every answer', async () => {
    const { get, send } = await routes([...configured, ...users]);
    const answers = [
      await get('/', alice),
      await get('/metrics', alice),
      await get('/nothing', alice),
      await get('/-/ready'),
      await get('/metrics'),
      await get('/%zz'),
      await send('POST', '/-/ready'),
    ];
    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(
      new Set([200, 400, 401, 404]),
    );
    for (const { headers } of answers) {
      expect(headers).toMatchObject({
        'content-security-policy': csp,
        'x-frame-options': 'deny',
        'strict-transport-security': 'max-age=31536000',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store',
      });
      for (const banner of ['server', 'x-powered-by', 'x-xss-protection']) {
        expect(headers[banner]).toBeUndefined();
      }
    }
  });

  test('of ours are left out where the configuration says so', async () => {
    const { get } = await routes([
      'http_server_config: { headers: { Content-Security-Policy: "" } }',
    ]);
    const { headers } = await get('/');
    expect(headers['content-security-policy']).toBeUndefined();
    expect(headers['referrer-policy']).toBe('no-referrer');
  });

  test.each([
    [[], "style-src 'unsafe-inline'", 'max-age=60'],
    [configured, csp, 'max-age=60'],
    [['http_server_config: { headers: { Content-Security-Policy: "" } }'], undefined, 'max-age=60'],
  ])('of a page stay, unless %j says otherwise', async (lines, policy, cached) => {
    const { server, get } = await routes(lines.length === 0 ? users : lines);
    server.get('/own', async (_request, reply) =>
      reply
        .header('content-security-policy', "style-src 'unsafe-inline'")
        .header('cache-control', 'max-age=60')
        .send('own'),
    );
    const { headers } = await get('/own', alice);
    expect(headers['content-security-policy']).toBe(policy);
    expect(headers['cache-control']).toBe(cached);
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  test('are on what is no HTTP as well, and nothing of it comes back', async () => {
    const { server } = await routes(configured);
    onTestFinished(() => server.close());
    const { port } = new URL(await server.listen({ host: '127.0.0.1', port: 0 }));
    const said = await new Promise<string>((resolve) => {
      const socket = connect(Number(port), '127.0.0.1', () => socket.write('canary\r\n\r\n'));
      let text = '';
      socket.setEncoding('utf8').on('data', (more) => {
        text += more;
      });
      socket.on('close', () => resolve(text));
    });
    expect(said).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(said).toContain(`content-security-policy: ${csp}\r\n`);
    expect(said).toContain('x-content-type-options: nosniff\r\n');
    expect(said).toMatch(/\r\n\r\nbad request\n$/);
    expect(said).not.toContain('canary');
  });
});

describe('a web configuration that changes', () => {
  test('is looked at again, but not more than once a second', async () => {
    const { get, write, later, log } = await routes(users);
    expect((await get('/', alice)).statusCode).toBe(200);
    write(['basic_auth_users:', `  bob: ${hash}`]);
    expect((await get('/', alice)).statusCode).toBe(200);
    later();
    expect((await get('/', alice)).statusCode).toBe(401);
    expect((await get('/', basic('bob', 'canary-7f3a'))).statusCode).toBe(200);
    expect(log().map(({ msg }) => msg)).toEqual(['web configuration reloaded']);
  });

  test('changes headers, too', async () => {
    const { get, write, later } = await routes(users);
    write([...users, 'http_server_config: { headers: { X-Frame-Options: sameorigin } }']);
    later();
    expect((await get('/-/healthy')).headers['x-frame-options']).toBe('sameorigin');
  });

  test.each([
    ['nonsense', ['basic_auth_users: ['], /not valid YAML/],
    ['nothing', [''], /is empty/],
    ['a plain password', ['basic_auth_users: { alice: x }'], /is not a bcrypt hash/],
    ['no users any more', ['http_server_config: {}'], /basic_auth_users: goes only with a restart/],
    [
      'TLS where there was none',
      [...users, 'tls_server_config: { cert_file: a, key_file: b }'],
      /tls_server_config: comes or goes only with a restart/,
    ],
  ])('to %s stays as it was, and says so once', async (_what, lines, problem) => {
    const { get, write, later, log } = await routes(users);
    write(lines);
    for (let looks = 0; looks < 3; looks += 1) {
      later();
      expect((await get('/', alice)).statusCode).toBe(200);
      expect((await get('/')).statusCode).toBe(401);
    }
    expect(log()).toMatchObject([
      {
        level: 40,
        msg: 'the changed web configuration is invalid; keeping the previous configuration',
        problems: [expect.stringMatching(problem)],
      },
    ]);
    write(['basic_auth_users:', `  bob: ${hash}`]);
    later();
    expect((await get('/', basic('bob', 'canary-7f3a'))).statusCode).toBe(200);
  });
});
