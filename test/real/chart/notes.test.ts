import { describe, expect, test } from 'vitest';
import { chart, helms, runHelm } from './helm.ts';

/** Only Helm 4 shows the notes without a cluster. */
const helm4 = helms.find(({ name }) => name === 'Helm 4');

/** What somebody reads who installs with these values. */
function notesOf(values: string): string {
  if (helm4 === undefined) throw new Error('needs Helm 4');
  const args = ['install', 'atlas', chart, '--namespace', 'backups', '--dry-run=client'];
  const { status, stdout, stderr } = runHelm(helm4, [...args, '--values', '-'], values);
  if (status !== 0) throw new Error(stderr);
  return stdout.slice(stdout.indexOf('\nNOTES:'));
}

const complete = `
serviceMonitor: { enabled: true }
rules: { enabled: true }
config:
  accounts: [{ auth: { api_key: { public_key_file: a, private_key_file: b } } }]
  web: { external_url: https://backups.example.net }
`;

describe.skipIf(helm4 === undefined)('the notes', () => {
  test('name what is missing, and the commands that help', () => {
    const notes = notesOf('{}');
    expect(notes).toContain('MISSING: the pods wait for the Secret atlas-mongodbatlas-backup-exp');
    expect(notes).toContain('--from-literal=client_id=… \\\n    --from-literal=client_secret=…\n');
    expect(notes).toContain('MISSING: nothing scrapes the exporter');
    expect(notes).toContain('atlas-mongodbatlas-backup-exporter.backups.svc:10071');
    expect(notes).toContain('MISSING: no alert tells of a late backup');
  });

  test('miss nothing when all is there', () => {
    const notes = notesOf(complete);
    expect(notes).toContain('kubectl -n backups port-forward service/atlas-mongodbatlas');
    expect(notes).not.toMatch(/MISSING|external_url/);
  });

  test('warn of two monitors, and of rules that do not fit', () => {
    const notes = notesOf(`${complete}podMonitoring: { enabled: true }\n`);
    expect(notes).toContain('serviceMonitor and podMonitoring all scrape the exporter');
    expect(notes).toContain('The rules do not fit podMonitoring');
  });

  test('say https where it is https', () => {
    expect(notesOf('web: { tls: { existingSecret: tls } }')).toContain('https://127.0.0.1:10071/');
  });
});
