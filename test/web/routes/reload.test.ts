import { describe, expect, test } from 'vitest';
import { newRoutes } from '../routes.ts';

describe('POST /-/reload', () => {
  test.each([
    [true, 200, 'configuration reloaded\n'],
    [false, 500, 'the configuration is invalid; keeping the previous configuration, see the log\n'],
  ])('tells the truth: %s', async (inUse, statusCode, payload) => {
    let reloads = 0;
    const { send, asked } = newRoutes({
      reload: async () => {
        reloads += 1;
        return inUse;
      },
    });
    expect(await send('POST', '/-/reload')).toMatchObject({ statusCode, payload });
    expect(reloads).toBe(1);
    // A refused configuration is no fault of the server.
    expect(asked.errors).toEqual([]);
  });

  test('is refused when it is not turned on', async () => {
    const { statusCode, payload } = await newRoutes().send('POST', '/-/reload');
    expect(statusCode).toBe(403);
    expect(payload).toBe('reloading by HTTP is off; --web.enable-lifecycle turns it on\n');
  });

  test.each([
    ['', 'application/x-www-form-urlencoded'],
    ['canary=1', 'application/x-www-form-urlencoded'],
    ['{"canary"', 'application/json'],
    ['canary', ''],
  ])('does not read what is sent along: %j as %j', async (body, type) => {
    const { server } = newRoutes({ reload: async () => true });
    const headers = type === '' ? {} : { 'content-type': type };
    const answer = await server.inject({
      method: 'POST',
      url: '/-/reload',
      headers,
      payload: body,
    });
    expect(answer.statusCode).toBe(200);
    expect(answer.payload).not.toContain('canary');
  });

  test.each([true, false])('is the only method there, turned on or not: %s', async (on) => {
    let reloads = 0;
    const count = async () => {
      reloads += 1;
      return true;
    };
    const routes = newRoutes(on ? { reload: count } : {});
    const answers = [
      await routes.get('/-/reload'),
      ...(await Promise.all(
        (['HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const).map((method) =>
          routes.send(method, '/-/reload'),
        ),
      )),
    ];
    for (const { statusCode, headers } of answers) {
      expect({ statusCode, allow: headers['allow'] }).toEqual({ statusCode: 405, allow: 'POST' });
      expect(headers['content-security-policy']).toContain("default-src 'none'");
    }
    expect(reloads).toBe(0);
  });
});
