import { z } from 'zod';
import { alertValues } from './alert-values.ts';

/** The values of the chart; what Kubernetes knows better is left open. */

const text = z.string();
const flag = z.boolean();
const words = z.record(text, text);
const object = z.record(text, z.unknown());
const objects = z.array(object);
const name = text.meta({ pattern: '^([a-z0-9]([-a-z0-9.]*[a-z0-9])?)?$' });
const key = text.meta({ pattern: '^[-._a-zA-Z0-9]+$' });
const port = z.int().min(1).max(65_535);
const duration = text.meta({ pattern: '^(([0-9]+(ms|s|m|h|d|w|y))+)?$' });
const path = text.meta({ pattern: '^/[A-Za-z0-9_.~/-]*$' });
const numberOrShare = z.union([z.int().min(0), text.meta({ pattern: '^([0-9]+%)?$' })]);

const file = z.strictObject({
  name: text.meta({ pattern: '^[a-z0-9]([-a-z0-9]{0,50}[a-z0-9])?$' }),
  secret: name.optional(),
  configMap: name.optional(),
  items: z.array(z.strictObject({ key, path: text.min(1), mode: z.int().optional() })).optional(),
  optional: flag.optional(),
});

const monitor = {
  enabled: flag,
  labels: words,
  annotations: words,
  metricRelabelings: objects,
  endpoint: object,
  spec: object,
};
const monitorElsewhere = z.strictObject({ ...monitor, namespace: name, relabelings: objects });

export const values = z.strictObject({
  credentials: z.strictObject({
    existingSecret: name,
    kind: z.enum(['service_account', 'api_key']),
    keys: z.strictObject({ client_id: key, client_secret: key, public_key: key, private_key: key }),
  }),
  files: z.array(file.meta({ oneOf: [{ required: ['secret'] }, { required: ['configMap'] }] })),
  config: object,
  existingConfig: z.strictObject({
    configMap: name,
    secret: name,
    key,
    port,
    telemetryPath: path,
  }),
  reload: z.strictObject({
    enabled: flag,
    interval: text.meta({ pattern: '^([0-9]+(ms|s|m|h))+$' }),
  }),
  web: z.strictObject({
    tls: z.strictObject({
      existingSecret: name,
      certKey: key,
      keyKey: key,
      clientCertificates: z.strictObject({
        required: flag,
        existingSecret: name,
        caKey: key,
        allowedSans: z.array(text.min(1)),
      }),
    }),
    users: z.record(text, text.meta({ pattern: '^[$]2[aby][$]' })),
    config: object,
    existingConfig: z.strictObject({
      secret: name,
      key,
      tls: flag,
      clientCertificates: flag,
      users: flag,
    }),
  }),
  scrape: z.strictObject({
    job: text.meta({ pattern: '^[A-Za-z0-9_./:-]+$' }),
    interval: duration,
    timeout: duration,
    honorLabels: flag,
    tls: z.strictObject({
      ca: z.strictObject({ secret: name, configMap: name, key }),
      systemAuthorities: flag,
      serverName: text,
      insecureSkipVerify: flag,
      clientCertificate: z.strictObject({ secret: name, certKey: key, keyKey: key }),
    }),
    basicAuth: z.strictObject({ secret: name, usernameKey: key, passwordKey: key, username: text }),
  }),
  serviceMonitor: monitorElsewhere,
  podMonitor: monitorElsewhere,
  vmServiceScrape: monitorElsewhere,
  podMonitoring: z.strictObject(monitor),
  rules: z.strictObject({
    enabled: flag,
    kind: z.enum(['PrometheusRule', 'VMRule']),
    namespace: name,
    labels: words,
    annotations: words,
    runbooks: text.meta({ pattern: '^https?://' }),
    alertLabels: words,
    alertAnnotations: words,
    alerts: alertValues,
    additionalGroups: objects,
  }),
  dashboards: z.strictObject({
    enabled: flag,
    namespace: name,
    labels: words,
    annotations: words,
  }),
  image: z.strictObject({
    registry: text,
    repository: text.min(1),
    tag: text,
    digest: text.meta({ pattern: '^(sha256:[0-9a-f]{64})?$' }),
    pullPolicy: z.enum(['Always', 'IfNotPresent', 'Never']),
  }),
  imagePullSecrets: objects,
  replicas: z.int().min(0),
  shards: z.int().min(1).max(1000),
  resources: object,
  podSecurityContext: object,
  securityContext: object,
  livenessProbe: object,
  readinessProbe: object,
  startupProbe: object,
  terminationGracePeriodSeconds: z.int().min(0),
  podAnnotations: words,
  podLabels: words,
  annotations: words,
  nodeSelector: words,
  tolerations: objects,
  affinity: object,
  topologySpreadConstraints: objects,
  priorityClassName: name,
  runtimeClassName: name,
  strategy: object,
  minReadySeconds: z.int().min(0),
  revisionHistoryLimit: z.int().min(0),
  hostAliases: objects,
  dnsPolicy: z.enum(['', 'ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None']),
  dnsConfig: object,
  serviceAccount: z.strictObject({
    create: flag,
    name,
    annotations: words,
    automountToken: flag,
  }),
  podDisruptionBudget: z.strictObject({
    enabled: flag,
    minAvailable: numberOrShare,
    maxUnavailable: numberOrShare,
  }),
  service: z.strictObject({
    type: z.enum(['ClusterIP', 'NodePort', 'LoadBalancer']),
    port,
    nodePort: z.union([z.literal(''), port]),
    labels: words,
    annotations: words,
    ipFamilyPolicy: z.enum(['', 'SingleStack', 'PreferDualStack', 'RequireDualStack']),
    ipFamilies: z.array(z.enum(['IPv4', 'IPv6'])),
  }),
  networkPolicy: z.strictObject({
    enabled: flag,
    ingressFrom: objects,
    extraIngress: objects,
    egress: z.strictObject({
      enabled: flag,
      cidrs: z.array(text.meta({ pattern: '/[0-9]+$' })).min(1),
      ports: z.array(port).min(1),
      dnsTo: objects,
      extra: objects,
    }),
  }),
  extraArgs: z.array(text),
  extraEnv: objects,
  extraEnvFrom: objects,
  extraVolumes: objects,
  extraVolumeMounts: objects,
  extraContainers: objects,
  initContainers: objects,
  extraManifests: z.array(z.union([text, object])),
  nameOverride: name,
  fullnameOverride: name,
  commonLabels: words,
  commonAnnotations: words,
  test: z.strictObject({ enabled: flag, annotations: words }),
});
