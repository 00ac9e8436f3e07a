import { expect, test } from 'vitest';
import {
  matchesCluster,
  namedProjects,
  selectsCluster,
  selectsProject,
} from '../../src/config/selection.ts';

const billing = { id: '5e1187654321987654321987', name: 'billing' };

test.each([
  ['everything', ['*'], [], true],
  ['its name', ['billing'], [], true],
  ['its id', ['5e1187654321987654321987'], [], true],
  ['a glob of its name', ['bill*'], [], true],
  ['a glob of its id', ['5e11*'], [], true],
  ['another name', ['orders'], [], false],
  ['another case', ['Billing'], [], false],
  ['one of several', ['orders', 'billing'], [], true],
  ['itself, and excludes it', ['billing'], ['billing'], false],
  ['everything, and excludes its id', ['*'], ['5e1187654321987654321987'], false],
  ['everything, and excludes another', ['*'], ['orders'], true],
])('a filter that includes %s', (_, include, exclude, expected) => {
  expect(selectsProject({ include, exclude }, billing)).toBe(expected);
});

test.each([
  ['*', true],
  ['*/*', true],
  ['billing/*', true],
  ['5e1187654321987654321987/main', true],
  ['*/main', true],
  ['billing/mai?', true],
  ['billing/other', false],
  ['orders/main', false],
  ['billing', false],
  ['main', false],
  ['*/billing', false],
])('the pattern %s covers cluster main of project billing: %j', (pattern, expected) => {
  expect(matchesCluster(pattern, billing, 'main')).toBe(expected);
});

test('an excluded cluster is left out whatever includes it', () => {
  const filter = { include: ['*', 'billing/main'], exclude: ['*/main'] };
  expect(selectsCluster(filter, billing, 'main')).toBe(false);
  expect(selectsCluster(filter, billing, 'other')).toBe(true);
});

test('a project name may have a slash', () => {
  expect(matchesCluster('a/b/main', { id: '1', name: 'a/b' }, 'main')).toBe(true);
});

test('the projects someone expects are those included without a wildcard', () => {
  const filter = { include: ['*', 'billing', 'pro?', '5e11'], exclude: ['orders'] };
  expect(namedProjects(filter)).toEqual(['billing', '5e11']);
});
