import { expect, test } from 'vitest';
import { requestedFaults } from '../../../src/simulator/faults/specification.ts';

test('a fault has a name, and may have a parameter, a share and a path', () => {
  const text =
    'server_error, retry_after=7:0.25@/snapshots\nhang@/cluster-3/* gateway_error=503:.5';
  const read = requestedFaults(text);
  expect(read.map(({ parameter, share }) => [parameter, share])).toEqual([
    ['500', 1],
    ['7', 0.25],
    ['', 1],
    ['503', 0.5],
  ]);
});

test('a path is compared with the end of the path asked for', () => {
  const meets = (glob: string, path: string) =>
    requestedFaults(`hang@${glob}`)[0]?.path.test(`/api/atlas/v2${path}`);
  expect(meets('/groups', '/groups')).toBe(true);
  expect(meets('/groups', '/groups/1/clusters')).toBe(false);
  expect(meets('/groups/*', '/groups/1/clusters')).toBe(true);
  expect(meets('/c.d/*', '/groups/1/clusters/c.d/backup/snapshots')).toBe(true);
  expect(meets('/c.d/*', '/groups/1/clusters/cxd/backup/snapshots')).toBe(false);
});

test.each([
  ['nonsense', '"nonsense": unknown fault'],
  ['toString', '"toString": unknown fault'],
  ['hang=5', '"hang=5": hang takes no parameter'],
  ['hang:2', '"hang:2": share must be from 0 to 1'],
  ['hang:x', '"hang:x": unknown fault'],
])('%s is refused', (text, message) => {
  expect(() => requestedFaults(text)).toThrow(message);
});
