import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { statesPage } from '../../generate/docs/states.ts';
import { states } from '../../src/alerting/states.ts';
import { dashboards } from '../dashboards/model.ts';

test('docs/states.md is what npm run docs makes', () => {
  const file = new URL('../../docs/states.md', import.meta.url);
  expect(readFileSync(file, 'utf8')).toBe(statesPage());
});

test('no two states have one word', () => {
  const titles = Object.values(states).map(({ title }) => title);
  expect(new Set(titles).size).toBe(titles.length);
});

test('the dashboards have every word but one, which no series tells', () => {
  const text = JSON.stringify(dashboards);
  const missing = Object.values(states).filter(({ title }) => !text.includes(`"text":"${title}"`));
  expect(missing).toEqual([states.pending]);
});
