import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Send } from '../../../src/atlas/transport/http.ts';
import type { AtlasResponse } from '../../../src/atlas/transport/message.ts';
import { oauth } from '../../../src/atlas/transport/oauth.ts';
import type { RawResponse } from '../../../src/simulator/interception.ts';
import { failures, good, session, times, tokenPath } from './oauth-client.ts';
import { standingTime } from './virtual-time.ts';
import { failureOf, groups, never, requestFor } from './wire.ts';

describe('a token reply', () => {
  const json = { 'Content-Type': 'application/json' };
  const reply = { access_token: 'abc', token_type: 'Bearer', expires_in: 3600 };
  const but = (change: Readonly<Record<string, unknown>>): RawResponse => ({
    status: 200,
    headers: json,
    body: JSON.stringify({ ...reply, ...change }),
  });

  test.each<[string, RawResponse, string]>([
    ['without access_token', but({ access_token: undefined }), 'bad_schema'],
    ['with an empty access_token', but({ access_token: '' }), 'bad_schema'],
    ['with null for access_token', but({ access_token: null }), 'bad_schema'],
    ['with a line break in access_token', but({ access_token: 'a\r\nX-Evil: 1' }), 'bad_schema'],
    ['with a space in access_token', but({ access_token: 'a b' }), 'bad_schema'],
    ['without expires_in', but({ expires_in: undefined }), 'bad_schema'],
    ['that lives 0 seconds', but({ expires_in: 0 }), 'bad_schema'],
    ['that lives less than that', but({ expires_in: -1 }), 'bad_schema'],
    ['with text for expires_in', but({ expires_in: '3600' }), 'bad_schema'],
    ['of another type', but({ token_type: 'mac' }), 'bad_schema'],
    ['without a type', but({ token_type: undefined }), 'bad_schema'],
    ['that is a list', { status: 200, headers: json, body: '[]' }, 'bad_schema'],
    ['that is null', { status: 200, headers: json, body: 'null' }, 'bad_schema'],
    ['that is cut short', { status: 200, headers: json, body: '{"access_token":"a' }, 'bad_json'],
    [
      'that is HTML',
      { status: 200, headers: { 'Content-Type': 'text/html' }, body: '<p>' },
      'bad_content_type',
    ],
    [
      'that leads elsewhere',
      { status: 302, headers: { Location: 'http://127.0.0.1:1/' } },
      'redirect',
    ],
    ['that is an error', { status: 500, headers: json, body: '{}' }, 'server'],
  ])('%s is refused, and no request bears it', async (_, canned, reason) => {
    const it = await session();
    it.tokenAnswer(() => canned);
    expect(await failures(3, it)).toEqual([`oauth_token ${reason}`]);
    expect(it.reads()).toEqual([]);
    expect(it.sent.every((value) => value.startsWith('Basic '))).toBe(true);
  });

  test('may write the type in any case', async () => {
    const it = await session();
    it.tokenAnswer(() => but({ token_type: 'bearer' }));
    it.simulator.intercept(({ path }) =>
      path === tokenPath ? but({ token_type: 'bearer' }) : { status: 200 },
    );
    expect(await times(1, it)).toEqual([200]);
    expect(it.sent.at(-1)).toBe('Bearer abc');
  });

  const fixed =
    (token: unknown): Send =>
    async ({ method }): Promise<AtlasResponse> =>
      method === 'POST'
        ? {
            status: 200,
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify(token),
          }
        : { status: 200, headers: {}, body: '' };

  test.each([
    [1, 60_000],
    [59, 60_000],
    [1_800, 1_800_000],
    [1e12, 3_600_000],
  ])('that lives %d s is used for %d ms at most', async (expires_in, lifeMs) => {
    const time = standingTime();
    let minted = 0;
    const counting: Send = async (request, signal) => {
      if (request.method === 'POST') minted += 1;
      return fixed({ ...reply, expires_in })(request, signal);
    };
    const send = oauth(async () => good, time.timing)(counting);
    await send(requestFor(), never);
    await time.advance(lifeMs * 0.79);
    await send(requestFor(), never);
    expect(minted).toBe(1);
    await time.advance(lifeMs * 0.21);
    await send(requestFor(), never);
    expect(minted).toBe(2);
  });

  test('of any content gives a header of safe letters or an error', async () => {
    const token = fc.record(
      {
        access_token: fc.oneof(fc.string(), fc.anything()),
        token_type: fc.constantFrom('Bearer', 'bearer', 'mac', undefined, 1),
        expires_in: fc.oneof(fc.double(), fc.integer(), fc.anything()),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(token, async (value) => {
        let text: string;
        try {
          text = JSON.stringify(value) ?? '';
        } catch {
          return;
        }
        const seen: string[] = [];
        const send = oauth(
          async () => good,
          standingTime().timing,
        )(async (request) => {
          if (request.method === 'GET') seen.push(request.headers['authorization'] ?? '');
          return request.method === 'POST'
            ? { status: 200, headers: { 'content-type': 'application/json' }, body: text }
            : { status: 200, headers: {}, body: '' };
        });
        await send(requestFor(groups), never).catch(() => undefined);
        for (const value of seen) expect(value).toMatch(/^Bearer [A-Za-z0-9\-._~+/]+=*$/);
        expect(seen).not.toContain('Bearer undefined');
      }),
      { numRuns: 200 },
    );
  });
});

describe('id and secret', () => {
  test.each([
    ['a colon', 'id:with', 'secret:with:colons'],
    ['a percent sign', '100%25', '%'],
    ['a plus and a space', 'a+b c', '+ +'],
    ['letters beyond ASCII', 'ключ', 'schlüssel😀'],
    ['an ampersand', 'a&b=c', '&secret='],
  ])('with %s are form-encoded before they are joined', async (_, clientId, clientSecret) => {
    const account = { clientId, clientSecret };
    const it = await session({ serviceAccounts: [account] }, async () => account);
    expect(await times(1, it)).toEqual([200]);
  });

  test('are sent as RFC 6749 writes them, with the grant in the body', async () => {
    const time = standingTime();
    const seen: unknown[] = [];
    const send = oauth(
      async () => ({ clientId: 'a:b c', clientSecret: 'é%+' }),
      time.timing,
    )(async (request) => {
      seen.push([request.method, request.target, request.headers, request.body]);
      return { status: 500, headers: {}, body: '' };
    });
    await failureOf(send(requestFor(), never));
    expect(seen).toEqual([
      [
        'POST',
        tokenPath,
        {
          authorization: `Basic ${btoa('a%3Ab+c:%C3%A9%25%2B')}`,
          accept: 'application/json',
          'content-type': 'application/x-www-form-urlencoded',
        },
        'grant_type=client_credentials',
      ],
    ]);
  });
});
