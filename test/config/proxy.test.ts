import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { Config } from '../../src/config/config.ts';
import { loadConfig } from '../../src/config/load.ts';
import { parseProxyUrl, readProxy } from '../../src/config/proxy.ts';
import { Secret } from '../../src/config/secret.ts';
import type { Environment } from '../../src/config/substitute.ts';
import { account, canary, canaryPieces, configOrThrow, load } from './loading.ts';

/** The proxy of the first account, and the key that names it. */
async function proxyOf({ accounts }: Config): Promise<readonly string[] | undefined> {
  const proxy = accounts[0]?.proxy;
  return proxy && [(await readProxy(proxy)).origin, proxy.key];
}

const given = async (env: Environment, keys = '') =>
  proxyOf(configOrThrow(await load(`${account}${keys}`, env)));

const at = 'http://proxy.example.net:3128';

describe('the proxy', () => {
  test.each<[string, Environment, readonly string[] | undefined]>([
    ['nothing', {}, undefined],
    ['HTTPS_PROXY', { HTTPS_PROXY: at }, [at, 'HTTPS_PROXY']],
    ['https_proxy', { https_proxy: at }, [at, 'https_proxy']],
    ['both', { HTTPS_PROXY: at, https_proxy: 'http://b' }, [at, 'HTTPS_PROXY']],
    ['an empty one and a set one', { HTTPS_PROXY: '', https_proxy: at }, [at, 'https_proxy']],
    ['HTTP_PROXY', { HTTP_PROXY: at, http_proxy: at }, undefined],
    ['ALL_PROXY', { ALL_PROXY: at, all_proxy: at }, undefined],
    [
      'one without a scheme',
      { HTTPS_PROXY: 'proxy.example.net:3128' },
      ['http://proxy.example.net:3128', 'HTTPS_PROXY'],
    ],
    [
      'a user without a scheme',
      { HTTPS_PROXY: 'u:p@proxy.example.net' },
      ['http://proxy.example.net', 'HTTPS_PROXY'],
    ],
    [
      'an https proxy',
      { HTTPS_PROXY: 'https://[2001:db8::1]:8443/' },
      ['https://[2001:db8::1]:8443', 'HTTPS_PROXY'],
    ],
    ['NO_PROXY', { HTTPS_PROXY: at, NO_PROXY: 'mongodb.com' }, undefined],
    ['no_proxy', { HTTPS_PROXY: at, no_proxy: 'mongodb.com' }, undefined],
    ['both of these', { HTTPS_PROXY: at, NO_PROXY: 'b', no_proxy: '*' }, [at, 'HTTPS_PROXY']],
    ['NO_PROXY for a port', { HTTPS_PROXY: at, NO_PROXY: 'mongodb.com:443' }, undefined],
  ])('of the environment, with %s', async (_, env, expected) => {
    expect(await given(env)).toEqual(expected);
  });

  test.each(['http://127.0.0.1:8080', 'https://127.0.0.1', 'https://localhost', 'https://[::1]'])(
    'of the environment does not stand before %s',
    async (url) => {
      expect(await given({ HTTPS_PROXY: at, HTTP_PROXY: at }, `    base_url: ${url}\n`)).toBe(
        undefined,
      );
    },
  );

  test('of the configuration wins over the environment, for any base URL', async () => {
    const env = { HTTPS_PROXY: 'http://b', NO_PROXY: '*' };
    expect(await given(env, `    proxy_url: ${at}\n`)).toEqual([at, 'accounts[0].proxy_url']);
    const local = `    base_url: http://127.0.0.1:1\n    proxy_url: ${at}\n`;
    expect(await given(env, local)).toEqual([at, 'accounts[0].proxy_url']);
  });

  test('is none when the configuration says so, whatever the environment says', async () => {
    expect(await given({ HTTPS_PROXY: at }, '    proxy_url: ""\n')).toBe(undefined);
  });

  test('may come from a variable that the configuration names', async () => {
    const keys = `    proxy_url: \${WAY_OUT}\n`;
    expect(await given({ WAY_OUT: at }, keys)).toEqual([at, 'accounts[0].proxy_url']);
  });

  test('counts without a configuration file, too', async () => {
    const env = { MONGODB_ATLAS_CLIENT_ID: 'id', MONGODB_ATLAS_CLIENT_SECRET: 'secret' };
    const readFile = () => Promise.reject(Object.assign(new Error(), { code: 'ENOENT' }));
    const loaded = await loadConfig({ env: { ...env, HTTPS_PROXY: at }, readFile });
    expect(await proxyOf(configOrThrow(loaded))).toEqual([at, 'HTTPS_PROXY']);
  });
});

describe('the URL of a proxy', () => {
  test('has a user name and a password in percent-encoding', () => {
    const text = 'http://us%20er:p%40ss%3Aw%2F%23rd%C3%A9@proxy.example.net:3128';
    expect(parseProxyUrl(text)).toEqual({
      value: { origin: at, login: { user: 'us er', password: 'p@ss:w/#rdé' } },
    });
  });

  test.each([
    ['http://user@proxy', { user: 'user', password: '' }],
    ['http://:secret@proxy', { user: '', password: 'secret' }],
    ['http://proxy/', undefined],
  ])('may lack some of it: %s', (text, login) => {
    expect(parseProxyUrl(text)).toEqual({ value: { origin: 'http://proxy', login } });
  });

  test('is shown by nothing that prints the configuration', async () => {
    const env = { HTTPS_PROXY: `http://user:${canary}@proxy` };
    for (const [keys, from] of [
      [`    proxy_url: ${env.HTTPS_PROXY}\n`, {}],
      ['', env],
    ] as const) {
      const config = configOrThrow(await load(account.replace(canary, 'key') + keys, from));
      const printed = `${JSON.stringify(config)} ${inspect(config, { depth: null, showHidden: true })}`;
      for (const piece of canaryPieces) expect(printed).not.toContain(piece);
      expect(printed).toContain('[secret]');
    }
  });

  test.each([
    ['an unknown scheme', `socks5://user:${canary}@proxy`, /must start with http/],
    ['a broken escape', `http://user:${canary}%@proxy`, /% without two hexadecimal digits/],
    ['a path', `http://user:1/${canary}@proxy`, /must not have a path/],
  ])('with %s in a file is refused by key and without a piece of it', async (_, text, words) => {
    const secret = new Secret(
      { kind: 'file', path: 'proxy-url' },
      { key: 'accounts[0].proxy_url_file', colonAllowed: true },
    );
    const error = await readProxy(secret, async () => Buffer.from(text)).catch((e) => e);
    expect(error.message).toMatch(/^accounts\[0\]\.proxy_url_file: /);
    expect(error.message).toMatch(words);
    for (const piece of canaryPieces) expect(inspect(error)).not.toContain(piece);
  });
});
