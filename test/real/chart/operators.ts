import { z } from 'zod';

/** What the operators without a package of schemas take, of all that the chart can write. */

const words = z.record(z.string(), z.string());
const metadata = z.strictObject({
  name: z.string(),
  namespace: z.string(),
  labels: words,
  annotations: words.optional(),
});
const key = z.strictObject({ name: z.string().min(1), key: z.string().min(1) });
const selector = z.strictObject({ matchLabels: words });
const duration = z.string().regex(/^([0-9]+(ms|s|m|h|d|w|y))+$/);
const scheme = z.enum(['http', 'https']);

const source = z.union([z.strictObject({ secret: key }), z.strictObject({ configMap: key })]);
const relabeling = z.strictObject({
  action: z.string().optional(),
  sourceLabels: z.array(z.string()).optional(),
  regex: z.string().optional(),
  targetLabel: z.string().optional(),
  replacement: z.string().optional(),
});

const vmServiceScrape = z.strictObject({
  apiVersion: z.literal('operator.victoriametrics.com/v1beta1'),
  kind: z.literal('VMServiceScrape'),
  metadata,
  spec: z.strictObject({
    selector,
    namespaceSelector: z.strictObject({ matchNames: z.array(z.string()) }),
    endpoints: z.array(
      z.strictObject({
        port: z.string(),
        path: z.string(),
        scheme,
        interval: duration.optional(),
        scrapeTimeout: duration.optional(),
        honorLabels: z.boolean(),
        relabelConfigs: z.array(relabeling),
        metricRelabelConfigs: z.array(relabeling).optional(),
        basicAuth: z.strictObject({ username: key, password: key }).optional(),
        tlsConfig: z
          .strictObject({
            serverName: z.string(),
            insecureSkipVerify: z.boolean(),
            ca: source.optional(),
            cert: source.optional(),
            keySecret: key.optional(),
          })
          .optional(),
      }),
    ),
  }),
});

const vmRule = z.strictObject({
  apiVersion: z.literal('operator.victoriametrics.com/v1beta1'),
  kind: z.literal('VMRule'),
  metadata,
  spec: z.strictObject({
    groups: z.array(
      z.strictObject({
        name: z.string(),
        rules: z.array(
          z.strictObject({
            alert: z.string().optional(),
            record: z.string().optional(),
            expr: z.string(),
            for: duration.optional(),
            keep_firing_for: duration.optional(),
            labels: words.optional(),
            annotations: words.optional(),
          }),
        ),
      }),
    ),
  }),
});

const secret = z.strictObject({ secret: key });
const podMonitoring = z.strictObject({
  apiVersion: z.literal('monitoring.googleapis.com/v1'),
  kind: z.literal('PodMonitoring'),
  metadata,
  spec: z.strictObject({
    selector,
    targetLabels: z
      .strictObject({ metadata: z.array(z.enum(['pod', 'container', 'node'])) })
      .optional(),
    endpoints: z.array(
      z.strictObject({
        port: z.string(),
        path: z.string(),
        scheme,
        interval: duration,
        timeout: duration.optional(),
        tls: z
          .strictObject({
            serverName: z.string(),
            insecureSkipVerify: z.boolean(),
            ca: secret.optional(),
            cert: secret.optional(),
            key: secret.optional(),
          })
          .optional(),
        basicAuth: z.strictObject({ username: z.string().min(1), password: secret }).optional(),
      }),
    ),
  }),
});

export const operators: ReadonlyMap<string, z.ZodType> = new Map<string, z.ZodType>([
  ['VMServiceScrape', vmServiceScrape],
  ['VMRule', vmRule],
  ['PodMonitoring', podMonitoring],
]);
