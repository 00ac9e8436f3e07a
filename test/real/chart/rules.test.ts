import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { emptyFolder } from '../../e2e/program.ts';
import { tool } from '../tools.ts';
import { cases, chart, helms, rendered } from './helm.ts';
import { rules } from './shapes.ts';

const [helm] = helms;
const promtool = tool('PROMTOOL');

/** The groups that the chart renders from a text of values; none without the object. */
function groupsOf(values: string) {
  if (helm === undefined) throw new Error('needs Helm');
  const found = rendered(helm, values).filter(({ kind }) => /Rule$/.test(kind));
  return found.flatMap((one) => rules.parse(one).spec.groups);
}

function alertsOf(values: string) {
  const all = groupsOf(values).flatMap((group) => group.rules);
  return new Map(all.flatMap((rule) => (rule.alert === undefined ? [] : [[rule.alert, rule]])));
}

const text = (file: string) => readFileSync(join(chart, 'ci', file), 'utf8');
const on = 'rules: { enabled: true }';

describe.skipIf(helm === undefined)('the rules of the chart', () => {
  test('are not there unless asked for', () => {
    expect(groupsOf('{}')).toEqual([]);
  });

  test('are by default those of the rule files, all of them and nothing else', () => {
    const files = readdirSync(join(chart, 'rules'));
    const groups = files.flatMap(
      (file) =>
        rules.shape.spec.parse(parse(readFileSync(join(chart, 'rules', file), 'utf8'))).groups,
    );
    const byName = (one: { name: string }, other: { name: string }) =>
      one.name.localeCompare(other.name);
    expect(groupsOf(on).toSorted(byName)).toEqual(groups.toSorted(byName));
  });

  test('keep to themselves what the values change', () => {
    const [usual, changed] = [alertsOf(on), alertsOf(text('rules-values.yaml'))];
    expect(changed.has('AtlasBackupOverdue')).toBe(true);
    expect(changed.get('AtlasBackupOverdue')?.expr).toBe(usual.get('AtlasBackupOverdue')?.expr);
  });

  test('go without an alert that is switched off, and without a group that is left empty', () => {
    const groups = groupsOf(text('rules-values.yaml'));
    const names = groups.flatMap((group) => group.rules.map(({ alert }) => alert));
    for (const off of ['PolicyChanged', 'NextRunInPast', 'ScheduleSilent']) {
      expect(names).not.toContain(`AtlasBackup${off}`);
    }
    expect(groups.map(({ name }) => name)).not.toContain('mongodbatlas-backup-schedule');
    expect(groups.at(-1)?.name).toBe('ours');
  });

  test('take severity, times, labels, annotations and parameters of an alert', () => {
    const alerts = alertsOf(text('rules-values.yaml'));
    const stuck = alerts.get('AtlasBackupStuck');
    expect(stuck).toMatchObject({
      for: '10m',
      labels: { severity: 'critical', team: 'databases' },
      annotations: {
        summary: 'Stuck: {{ $labels.cluster }}',
        dashboard_url: expect.stringContaining('{{ $labels.cluster }}'),
        runbook_url: 'https://wiki.example.net/runbooks/AtlasBackupStuck.md',
      },
    });
    expect(stuck).not.toHaveProperty('keep_firing_for');
    expect(stuck?.expr).toContain('> 43200\n');
    expect(stuck?.expr).toContain('> 7.5 * max');
    expect(stuck?.expr).toMatch(/> 5400\n\)/);
    expect(alerts.get('AtlasBackupApiSunset')?.expr).toMatch(/ < 15552000$/);
    expect(alerts.get('AtlasBackupRetentionCut')).toMatchObject({
      for: '1m',
      labels: { severity: 'warning', team: 'storage' },
    });
  });

  test('tell in words of the time that an alert looks back', () => {
    const name = 'AtlasBackupScopeShrunk';
    const values = `rules: { enabled: true, alerts: { ${name}: { parameters: { window: 7d } } } }`;
    const [usual, changed] = [on, values].map((text) => alertsOf(text).get(name));
    expect(usual?.annotations?.['description']).toContain('at most within the last 1d.');
    expect(changed?.annotations?.['description']).toContain('at most within the last 7d.');
    // And the number in it is that of the same time.
    expect(JSON.stringify(changed)).not.toContain('1d');
  });

  test('ask for the job that the monitors set', () => {
    const alerts = alertsOf(text('rules-values.yaml'));
    expect(alerts.get('AtlasBackupExporterGone')?.expr).toBe('absent(up{job="atlas-backups"})');
    expect(JSON.stringify([...alerts])).not.toMatch(/job=\\"mongodbatlas-backup-exporter|<<|>>/);
  });

  test
    .skipIf(promtool === undefined)
    .each(helm === undefined ? [] : cases.filter((file) => groupsOf(text(file)).length > 0))(
    'of %s please promtool',
    async (file) => {
      const path = join(await emptyFolder(), 'rules.yaml');
      const groups = groupsOf(text(file));
      writeFileSync(path, stringify({ groups }));
      const { status, stdout, stderr } = spawnSync(
        promtool ?? '',
        ['check', 'rules', '--lint=all', '--lint-fatal', path],
        { encoding: 'utf8' },
      );
      const count = groups.flatMap((group) => group.rules).length;
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect(stdout).toContain(`SUCCESS: ${count} rules found`);
    },
  );
});
