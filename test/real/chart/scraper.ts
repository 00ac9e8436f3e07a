import { z } from 'zod';
import type { Outside } from './outside.ts';
import { type Manifest, monitor } from './shapes.ts';

const key = z.strictObject({ name: z.string(), key: z.string() });
const secret = z.strictObject({ secret: key });
const source = z.union([secret, z.strictObject({ configMap: key })]);

/** The credentials of an endpoint, in the forms of the three operators. */
const tls = z.strictObject({
  serverName: z.string(),
  insecureSkipVerify: z.boolean(),
  ca: source.optional(),
  cert: secret.optional(),
  key: secret.optional(),
  keySecret: key.optional(),
});
const basicAuth = z.strictObject({
  username: z.union([z.string(), key]),
  password: z.union([secret, key]),
});

/** How Prometheus would scrape by a monitor: what it sends, and whom it trusts. */
export function scrapersOf(manifest: Manifest, { secrets, configMaps }: Outside) {
  const { spec } = monitor.parse(manifest);
  const [endpoint] = spec.endpoints ?? spec.podMetricsEndpoints ?? [];
  if (endpoint === undefined) throw new Error('no endpoint');
  const given = tls.optional().parse(endpoint.tlsConfig ?? endpoint.tls);
  const login = basicAuth.optional().parse(endpoint.basicAuth);

  const keyOf = (
    from: Outside['secrets'],
    { name, key }: z.infer<(typeof source.options)[0]>['secret'],
  ) => {
    const value = from[name]?.[key];
    if (value === undefined) throw new Error(`${name} has no ${key}`);
    return value;
  };
  const text = (from: z.infer<typeof source>) =>
    'secret' in from ? keyOf(secrets, from.secret) : keyOf(configMaps, from.configMap);
  const plain = (value: string | z.infer<typeof key> | z.infer<typeof secret>) =>
    typeof value === 'string' ? value : keyOf(secrets, 'secret' in value ? value.secret : value);

  const clientKey = given?.keySecret ?? given?.key?.secret;
  const authorization =
    login === undefined ? undefined : `${plain(login.username)}:${plain(login.password)}`;
  return {
    scheme: endpoint.scheme,
    path: endpoint.path,
    secured: login !== undefined || clientKey !== undefined,
    options: {
      ...(given && { servername: given.serverName }),
      ...(given?.ca && { ca: text(given.ca) }),
      ...(given?.cert && { cert: text(given.cert) }),
      ...(clientKey && { key: keyOf(secrets, clientKey) }),
      headers:
        authorization === undefined
          ? {}
          : { authorization: `Basic ${Buffer.from(authorization).toString('base64')}` },
    },
  };
}
