import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dedicatedCluster, flexCluster, project } from '../../../src/atlas/decode/cluster.ts';
import { schedule } from '../../../src/atlas/decode/schedule.ts';
import { at, decode } from './decode.ts';

const id = '5f0000000000000000000002';
const none = { rejected: [], unknown: [] };

describe('a schedule', () => {
  const item = {
    id,
    frequencyType: 'weekly',
    frequencyInterval: 6,
    retentionUnit: 'weeks',
    retentionValue: 4,
  };
  const readItem = {
    id,
    frequency: 'weekly',
    interval: 6,
    retentionUnit: 'weeks',
    retentionValue: 4,
  };
  const plan = {
    clusterName: 'orders',
    nextSnapshot: '2026-08-12T12:16:00Z',
    referenceHourOfDay: 3,
    referenceMinuteOfHour: 16,
    restoreWindowDays: 7,
    autoExportEnabled: true,
    policies: [{ id, policyItems: [item] }],
  };
  const readPlan = {
    nextSnapshotAt: at('2026-08-12T12:16:00Z'),
    referenceHour: 3,
    referenceMinute: 16,
    policyItems: [readItem],
    restoreWindowDays: 7,
    autoExport: true,
  };
  const planned = (change: Readonly<Record<string, unknown>>) =>
    decode(schedule, { ...plan, ...change });

  test('is read, the items of all its policies together', () => {
    const second = { policyItems: [{ ...item, frequencyType: 'ondemand' }] };
    expect(planned({ policies: [...plan.policies, second] })).toEqual({
      value: { ...readPlan, policyItems: [readItem, { ...readItem, frequency: 'on_demand' }] },
      ...none,
    });
  });

  test('whose last item was deleted has none, and no next snapshot', () => {
    const change = { policies: [{ id, policyItems: [] }], nextSnapshot: undefined };
    expect(planned(change)).toEqual({
      value: { ...readPlan, policyItems: [], nextSnapshotAt: undefined },
      ...none,
    });
  });

  test('with an unknown frequency or unit has another one, which is noted', () => {
    const other = { ...item, frequencyType: 'fortnightly', retentionUnit: 'decades' };
    expect(planned({ policies: [{ policyItems: [other] }] })).toMatchObject({
      value: { policyItems: [{ frequency: 'other', retentionUnit: 'other' }] },
      unknown: [
        { field: 'frequencyType', value: 'fortnightly' },
        { field: 'retentionUnit', value: 'decades' },
      ],
    });
  });

  test.each([
    { ...item, id: 'x' },
    { ...item, frequencyInterval: 0 },
    { ...item, frequencyInterval: 1.5 },
    { ...item, retentionValue: -1 },
    { ...item, retentionValue: '4' },
    null,
    'item',
  ])('loses an item that is none, and keeps the others: %#', (broken) => {
    expect(planned({ policies: [{ policyItems: [broken, item] }] })).toMatchObject({
      value: { policyItems: [readItem] },
      rejected: [{ reason: 'schema' }],
    });
  });

  test.each([undefined, null, {}, 'none'])('without policies is rejected: %j', (policies) => {
    expect(planned({ policies }).value).toBeUndefined();
  });

  test.each(['nextSnapshot', 'referenceHourOfDay', 'referenceMinuteOfHour', 'restoreWindowDays'])(
    'without its %s is read',
    (field) => {
      for (const value of [undefined, null, -1, 'x', {}]) {
        expect(planned({ [field]: value }).value?.policyItems).toEqual([readItem]);
      }
    },
  );
});

test('no value makes a decoder of discovery throw', () => {
  for (const decoder of [dedicatedCluster, flexCluster, project, schedule]) {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.jsonValue()), (item) => {
        expect(decode<unknown>(decoder, item).value).toBeUndefined();
      }),
    );
  }
});
