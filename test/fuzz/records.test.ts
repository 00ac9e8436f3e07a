import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cloudSnapshot } from '../../src/atlas/decode/cloud-snapshot.ts';
import { flexSnapshot } from '../../src/atlas/decode/flex-snapshot.ts';
import { legacySnapshot } from '../../src/atlas/decode/legacy-snapshot.ts';
import { start } from '../simulator/client.ts';
import { decode } from './decode.ts';
import { flex, legacy, replicaSet } from './snapshot-records.ts';

const kinds = [
  ['cloud', cloudSnapshot, replicaSet],
  ['flex', flexSnapshot, flex],
  ['legacy', legacySnapshot, legacy],
] as const;

test.each(kinds)('unknown fields of a %s snapshot change nothing', (_, decoder, record) => {
  const name = fc.string({ minLength: 1 }).filter((key) => !(key in record) && key !== 'members');
  const known = new Set(['masterKeyUUID', 'members']);
  fc.assert(
    fc.property(fc.dictionary(name, fc.jsonValue()), (extra) => {
      const more = Object.fromEntries(Object.entries(extra).filter(([key]) => !known.has(key)));
      expect(decode(decoder, { ...more, ...record })).toEqual(decode(decoder, record));
    }),
  );
});

test.each(kinds)(
  'no value is a %s snapshot without identity, and none throws',
  (_, decoder, record) => {
    const keys = Object.keys(record);
    const damaged = fc
      .tuple(fc.subarray(keys), fc.array(fc.jsonValue(), { minLength: keys.length }))
      .map(([which, values]) => ({
        ...record,
        ...Object.fromEntries(which.map((key, n) => [key, values[n]])),
      }));
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), damaged), (item) => {
        const { value, rejected } = decode(decoder, item);
        if (value === undefined) expect(rejected).toHaveLength(1);
        else {
          expect(value.id).toMatch(/^[0-9a-f]{24}$/);
          if (value.status === 'completed') expect(value.takenAt).toBeLessThanOrEqual(start + 900);
        }
      }),
      { numRuns: 500 },
    );
  },
);
