import { expect, test } from 'vitest';
import { goalIds } from '../../bench/goals.ts';
import { countText, rowsOf, tableMarkdown, tableText } from '../../bench/table.ts';
import { newReadings, verdictOf } from '../../bench/verdict.ts';

function measured(...values: number[]) {
  return { kind: 'measured', values } as const;
}

const readings = newReadings();
readings.set('S1', '', measured(1.4, 1.2, 2.2));
readings.set('S3', '1,000 clusters', measured(12));
readings.set('S9', 'promtool', measured(1));
readings.set('S9', 'Prometheus', { kind: 'skipped', why: 'it is not here' });
readings.set('A2', 'swept every 12 hours', measured(0.08));
const chosen = { ids: ['S1', 'S3', 'S9', 'A2'], short: false } as const;
const rows = rowsOf(chosen, readings, verdictOf);

test('a table says of every part what was measured, what is wanted, and whether it is so', () => {
  expect(tableMarkdown(rows)).toBe(`| # | Goal | Measured | Must | Reach | |
| --- | --- | ---: | ---: | ---: | --- |
| S1 | gzip scrape of 10,000 clusters, cached / a kept buffer | 1.4 (1.2–2.2) | ≤ 2.5 | ≤ 1.5 | reached |
| S3 | client_golang / gzip scrape, default: 1,000 clusters | 12 | ≥ 15 | ≥ 25 | fails |
| S3 | client_golang / gzip scrape, default: 10,000 clusters | not measured | ≥ 30 | ≥ 60 | fails |
| S9 | the whole page is understood: promtool | yes | yes | yes | reached |
| S9 | the whole page is understood: Prometheus | skipped: it is not here | yes | yes | skipped |
| A2 | requests of an adaptive poll / clusters, 6-hourly policy, 1,000 clusters: swept every hour | not measured | ≤ 0.2 | | fails |
| A2 | requests of an adaptive poll / clusters, 6-hourly policy, 1,000 clusters: swept every 12 hours | 0.08 | | ≤ 0.07 | missed |
`);
});

test('the table of a terminal has the same cells in columns', () => {
  const [head = '', first = ''] = tableText(rows).split('\n');
  expect(head.indexOf('Must')).toBe(first.indexOf('≤ 2.5'));
  expect(first).toMatch(/reached$/);
});

test('the last line counts what holds, what fails and what was skipped', () => {
  expect(countText(rows)).toBe('3 passed, 3 failed, 1 skipped');
});

test('the short form leaves out what is beyond 1,000 clusters', () => {
  const names = rowsOf({ ids: goalIds, short: true }, readings, verdictOf).map(({ what }) => what);
  expect(names).toContain('client_golang / gzip scrape, default: 1,000 clusters');
  expect(names).not.toContain('client_golang / gzip scrape, default: 10,000 clusters');
});
