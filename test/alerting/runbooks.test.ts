import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { vocabulary } from '../../dashboards/vocabulary.ts';
import { rulesOf } from '../../src/alerting/alert.ts';
import { alerts } from '../../src/collectors/alerts.ts';
import { runtimeFamilies } from '../../src/metrics/runtime-families.ts';
import { fault, parsed } from './selectors.ts';

const folder = new URL('../../docs/runbooks/', import.meta.url);
const text = (file: string) => readFileSync(new URL(file, folder), 'utf8');
/** The severities of an alert as its runbook has them. */
const severitiesOf = (alert: (typeof alerts)[number]) =>
  rulesOf(alert)
    .map(({ severity }) => severity)
    .join(' or ');
const sections = ['What it means', 'Confirm it', 'What to do', 'When it clears'];
const ofProcess = new Set(runtimeFamilies.map(({ name }) => name));

/** The queries of a runbook, one a block. */
function queriesOf(page: string): readonly string[] {
  return [...page.matchAll(/^```promql\n(.*?)\n```$/gms)].map(([, query = '']) => query);
}

test('every alert has a runbook, and every runbook an alert', () => {
  const files = readdirSync(folder).filter((file) => file !== 'README.md');
  expect(files.toSorted()).toEqual(alerts.map(({ name }) => `${name}.md`).toSorted());
});

test('the index names every alert once, with its severity', () => {
  const rows = [
    ...text('README.md').matchAll(/^\| \[(\w+)\]\((\w+)\.md\) \| ([\w ]+) \| .+ \|$/gm),
  ];
  expect(rows.map(([, name, file, severity]) => [name, file, severity]).toSorted()).toEqual(
    alerts.map((alert) => [alert.name, alert.name, severitiesOf(alert)]).toSorted(),
  );
});

describe.each(alerts)('the runbook of $name', (alert) => {
  const { name } = alert;
  const page = text(`${name}.md`);

  test('has its parts in their order', () => {
    expect(page.split('\n')[0]).toBe(`# ${name}`);
    expect(page.split('\n')[2]?.toLowerCase()).toMatch(new RegExp(`^${severitiesOf(alert)}\\. `));
    const found = [...page.matchAll(/^## (.+)$/gm)].map(([, title]) => title);
    expect(found.slice(0, 4)).toEqual(sections);
    expect([[], ['Tune it']]).toContainEqual(found.slice(4));
  });

  test('asks for what there is', () => {
    const queries = queriesOf(page);
    expect(queries).not.toEqual([]);
    for (const query of queries) {
      const { selectors } = parsed(query);
      expect(
        selectors.filter((one) => !ofProcess.has(one.name)).flatMap((one) => fault(one) ?? []),
      ).toEqual([]);
    }
    const named = [...page.matchAll(/\bmongodbatlas_backup_\w+/g)].map(([metric]) => metric);
    expect(named.filter((metric) => !vocabulary.has(metric))).toEqual([]);
  });

  test('links to pages that exist, and to the one of the exporter', () => {
    const links = [...page.matchAll(/\]\((?!https:)([^)#]+)/g)].map(([, link = '']) => link);
    expect(links.filter((link) => !existsSync(new URL(link, folder)))).toEqual([]);
    expect(page).toMatch(/<external_url>/);
  });
});
