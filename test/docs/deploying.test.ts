import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { vocabulary } from '../../dashboards/vocabulary.ts';
import { collectorFacts } from '../../src/domain/collectors.ts';
import { parsed } from '../alerting/selectors.ts';

const root = new URL('../../', import.meta.url);
const page = readFileSync(new URL('docs/deploying.md', root), 'utf8');

/** The texts of the blocks of a language that begin with this. */
function blocks(language: string, begins = ''): readonly string[] {
  return [...page.matchAll(/^```(\w+)\n(.*?)^```$/gms)]
    .filter(([, of, text = '']) => of === language && text.startsWith(begins))
    .map(([, , text = '']) => text);
}

describe('docs/deploying.md', () => {
  const schema: object = JSON.parse(
    readFileSync(new URL('helm/mongodbatlas-backup-exporter/values.schema.json', root), 'utf8'),
  );
  const fits = new Ajv({ strict: false }).compile(schema);

  test.each(blocks('yaml', '# values.yaml'))('shows values that the chart takes: %#', (text) => {
    expect(fits(parse(text)), JSON.stringify(fits.errors)).toBe(true);
  });

  test('names metrics that there are', () => {
    const named = [...page.matchAll(/mongodbatlas_backup_\w+/g)].map(([name]) => name);
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((name) => !vocabulary.has(name))).toEqual([]);
  });

  test('names the one role that all collectors need which are on by default', () => {
    const usual = Object.values(collectorFacts).filter((facts) => facts.default);
    const roles = new Set(usual.map(({ role }) => role));
    expect([...roles]).toEqual([
      /The role \*\*(.+)\*\* on every project is enough/.exec(page)?.[1],
    ]);
  });

  test('shows a query that can be parsed', () => {
    const [query = ''] = blocks('promql');
    const names = parsed(query).selectors.map(({ name }) => name);
    expect(names).toContain('mongodbatlas_backup_snapshot_due_timestamp_seconds');
  });
});
