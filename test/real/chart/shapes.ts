import { z } from 'zod';

/** As much of Kubernetes' objects as the tests look at. */

const words = z.record(z.string(), z.string());

export const manifest = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({
    name: z.string(),
    namespace: z.string().optional(),
    labels: words.optional(),
    annotations: words.optional(),
  }),
  data: words.optional(),
  stringData: words.optional(),
});
export type Manifest = z.infer<typeof manifest>;

const probe = z.looseObject({
  httpGet: z.strictObject({ path: z.string(), port: z.string(), scheme: z.string() }).optional(),
  tcpSocket: z.strictObject({ port: z.string() }).optional(),
});

const securityContext = z.looseObject({
  runAsNonRoot: z.boolean().optional(),
  runAsUser: z.number().optional(),
  seccompProfile: z.looseObject({ type: z.string() }).optional(),
  allowPrivilegeEscalation: z.boolean().optional(),
  privileged: z.boolean().optional(),
  readOnlyRootFilesystem: z.boolean().optional(),
  capabilities: z
    .looseObject({ drop: z.array(z.string()).optional(), add: z.array(z.string()).optional() })
    .optional(),
});

const container = z.looseObject({
  name: z.string(),
  image: z.string(),
  args: z.array(z.string()).prefault([]),
  ports: z.array(z.looseObject({ name: z.string(), containerPort: z.number() })).prefault([]),
  env: z.array(z.looseObject({ name: z.string(), value: z.string().optional() })).prefault([]),
  livenessProbe: probe.optional(),
  readinessProbe: probe.optional(),
  startupProbe: probe.optional(),
  resources: z.unknown().optional(),
  securityContext: securityContext.optional(),
  volumeMounts: z
    .array(
      z.looseObject({ name: z.string(), mountPath: z.string(), subPath: z.undefined().optional() }),
    )
    .prefault([]),
});
export type Container = z.infer<typeof container>;

const items = z.array(z.looseObject({ key: z.string(), path: z.string() })).optional();
const secretSource = z.looseObject({ secretName: z.string(), items });
const configMapSource = z.looseObject({ name: z.string(), items });

const volume = z.looseObject({
  name: z.string(),
  secret: secretSource.optional(),
  configMap: configMapSource.optional(),
  projected: z
    .looseObject({
      sources: z.array(z.looseObject({ secret: z.looseObject({ name: z.string(), items }) })),
    })
    .optional(),
});

export const podSpec = z.looseObject({
  automountServiceAccountToken: z.boolean().optional(),
  hostNetwork: z.undefined().optional(),
  hostPID: z.undefined().optional(),
  hostIPC: z.undefined().optional(),
  securityContext: securityContext.optional(),
  containers: z.array(container),
  initContainers: z.array(container).prefault([]),
  volumes: z.array(volume).prefault([]),
});
export type PodSpec = z.infer<typeof podSpec>;

const selector = z.strictObject({ matchLabels: words });

export const workload = z.looseObject({
  kind: z.enum(['Deployment', 'StatefulSet']),
  metadata: z.looseObject({ name: z.string() }),
  spec: z.looseObject({
    replicas: z.number(),
    serviceName: z.string().optional(),
    selector,
    template: z.looseObject({
      metadata: z.looseObject({ labels: words, annotations: words }),
      spec: podSpec,
    }),
  }),
});

export const service = z.looseObject({
  metadata: z.looseObject({ name: z.string(), labels: words }),
  spec: z.looseObject({
    clusterIP: z.string().optional(),
    selector: words,
    ports: z.array(
      z.looseObject({
        name: z.string(),
        port: z.number(),
        targetPort: z.string(),
        appProtocol: z.string(),
      }),
    ),
  }),
});

const relabeling = z.looseObject({ targetLabel: z.string().optional() });
const endpoint = z.looseObject({
  port: z.string(),
  path: z.string(),
  scheme: z.string(),
  honorLabels: z.boolean().optional(),
  relabelings: z.array(relabeling).optional(),
  relabelConfigs: z.array(relabeling).optional(),
  tlsConfig: z.looseObject({ serverName: z.string() }).optional(),
  tls: z.looseObject({ serverName: z.string() }).optional(),
  basicAuth: z.looseObject({}).optional(),
});

export const monitor = z.looseObject({
  kind: z.string(),
  metadata: z.looseObject({ name: z.string() }),
  spec: z.looseObject({
    selector,
    namespaceSelector: z.strictObject({ matchNames: z.array(z.string()) }).optional(),
    endpoints: z.array(endpoint).optional(),
    podMetricsEndpoints: z.array(endpoint).optional(),
  }),
});

export const selecting = z.looseObject({
  kind: z.string(),
  spec: z.looseObject({
    selector: selector.optional(),
    podSelector: selector.optional(),
    ingress: z
      .array(z.looseObject({ ports: z.array(z.looseObject({ port: z.unknown() })).optional() }))
      .optional(),
  }),
});

const rule = z.looseObject({
  alert: z.string().optional(),
  record: z.string().optional(),
  expr: z.string(),
  for: z.string().optional(),
  keep_firing_for: z.string().optional(),
  labels: words.optional(),
  annotations: words.optional(),
});
export const rules = z.looseObject({
  spec: z.strictObject({
    groups: z.array(z.strictObject({ name: z.string(), rules: z.array(rule) })),
  }),
});
