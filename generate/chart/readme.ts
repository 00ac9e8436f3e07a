import type { Alert } from '../../src/alerting/alert.ts';
import { alerts } from '../../src/collectors/alerts.ts';
import { severitiesOf } from '../alerts/reference.ts';
import { code, origin, table } from '../markdown.ts';
import { type Documented, isObject } from './documented.ts';

const introduction = `# Helm chart of mongodbatlas-backup-exporter

<!-- ${origin('chart', 'values.yaml and generate/chart')} -->

For Helm 3 and Helm 4, tested with 3.17 and 4.1; Kubernetes 1.25 or newer.

\`\`\`sh
kubectl create namespace backups
kubectl -n backups create secret generic atlas \\
  --from-literal=client_id=mdb_sa_id_… --from-literal=client_secret=mdb_sa_sk_…
helm -n backups install mongodbatlas-backup-exporter helm/mongodbatlas-backup-exporter \\
  --set credentials.existingSecret=atlas \\
  --set serviceMonitor.enabled=true --set rules.enabled=true --set dashboards.enabled=true
helm -n backups test mongodbatlas-backup-exporter --logs
\`\`\`

The pods pass Pod Security *restricted*: no root, no capabilities, a read-only root file system, no
token. No resource requests or limits are set by default. Secrets are mounted as files and never copied;
they are read again when they change, without a restart.

## Configuration

\`config\` is the exporter's own configuration file, as in \`config.example.yaml\`; the schema of the chart
knows all of its keys. If a change is invalid, the running exporter keeps the previous configuration, and
AtlasBackupConfigReloadFailed fires.

\`\`\`yaml
files: # several accounts: a Secret for each
  - name: eu
    secret: atlas-eu
config:
  accounts:
    - name: eu
      auth:
        api_key:
          public_key_file: /etc/mongodbatlas-backup-exporter/files/eu/public
          private_key_file: /etc/mongodbatlas-backup-exporter/files/eu/private
  objectives:
    overrides:
      - match: "billing/*"
        rpo: 12h
  web:
    external_url: https://backups.example.net
\`\`\`

The folder \`ci\` has values for many cases; the tests render and check each.
`;

const ofAlerts = `## Alerts

Keys of \`rules.alerts\`. Times are in seconds, or have a unit. \`docs/alerts.md\` describes all alerts.

\`\`\`yaml
rules:
  enabled: true
  labels: { release: kube-prometheus-stack }
  alerts:
    AtlasBackupPolicyChanged: { enabled: false }
    AtlasBackupStuck:
      severity: critical
      labels: { team: storage }
      parameters: { after: 12h }
\`\`\`
`;

/** README.md of the chart. */
export function chartReadme(keys: readonly Documented[]): string {
  const sections = Map.groupBy(keys, ({ section }) => section);
  return [
    introduction,
    '## Values\n',
    ...[...sections].map(([title, within]) => sectionText(title, within, keys)),
    ofAlerts,
    table(['Alert', 'Severity', 'For', 'Parameters'], alerts.map(alertCells)),
  ].join('\n');
}

function sectionText(
  title: string,
  within: readonly Documented[],
  keys: readonly Documented[],
): string {
  const rows = within
    .filter(({ about }) => about !== '')
    .map((key) => valueCells(key, isGroup(key, keys)));
  const plain = within.filter((key) => key.about === '' && isPlain(key, keys));
  const names = plain.map(({ path }) => code(path.join('.')));
  return [
    `### ${title}\n`,
    table(['Value', 'Default', 'Meaning'], rows),
    ...(names.length === 0 ? [] : [`Also: ${names.join(', ')}.\n`]),
  ].join('\n');
}

function valueCells(
  { path, defaultValue: usual, about }: Documented,
  group: boolean,
): readonly string[] {
  return [code(path.join('.')), group ? '' : shown(usual), about];
}

function shown(usual: unknown): string {
  const text = JSON.stringify(usual);
  return text.length > 60 ? 'see values.yaml' : code(text);
}

/** Whether its children have rows of their own. */
function isGroup({ path }: Documented, keys: readonly Documented[]): boolean {
  const above = `${path.join('.')}.`;
  return keys.some((key) => key.about !== '' && key.path.join('.').startsWith(above));
}

/** Neither a group nor part of a default that is in one row. */
function isPlain({ path, defaultValue: usual }: Documented, keys: readonly Documented[]): boolean {
  if (isObject(usual) && Object.keys(usual).length > 0) return false;
  return path.slice(0, -1).every((_, index) => {
    const above = path.slice(0, index + 1).join('.');
    const parent = keys.find((key) => key.path.join('.') === above);
    return parent === undefined || parent.about === '' || isGroup(parent, keys);
  });
}

function alertCells(alert: Alert): readonly string[] {
  const own = Object.entries(alert.parameters).map(([parameter, { default: usual }]) =>
    code(`${parameter}: ${usual}`),
  );
  return [alert.name, severitiesOf(alert), alert.for, own.join(', ')];
}
