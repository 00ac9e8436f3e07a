import fc from 'fast-check';
import { expect } from 'vitest';
import { cloudSnapshot } from '../../src/atlas/decode/cloud-snapshot.ts';
import { dedicatedCluster, flexCluster, project } from '../../src/atlas/decode/cluster.ts';
import type { Decoder } from '../../src/atlas/decode/decoding.ts';
import { flexSnapshot } from '../../src/atlas/decode/flex-snapshot.ts';
import { legacySnapshot } from '../../src/atlas/decode/legacy-snapshot.ts';
import { schedule } from '../../src/atlas/decode/schedule.ts';
import { decode } from '../atlas/decode/decode.ts';
import { flex, legacy, replicaSet } from '../atlas/decode/snapshot-records.ts';
import { start } from '../simulator/client.ts';
import { fuzz } from './fuzzing.ts';
import { objectLike } from './likeness.ts';
import { clusterRecord, flexClusterRecord, projectRecord, scheduleRecord } from './samples.ts';

type Kind = { readonly decoder: Decoder<object>; readonly sample: object };

const kinds: Readonly<Record<string, Kind>> = {
  cloud: { decoder: cloudSnapshot, sample: replicaSet },
  flex: { decoder: flexSnapshot, sample: flex },
  legacy: { decoder: legacySnapshot, sample: legacy },
  cluster: { decoder: dedicatedCluster, sample: clusterRecord },
  flexCluster: { decoder: flexCluster, sample: flexClusterRecord },
  project: { decoder: project, sample: projectRecord },
  schedule: { decoder: schedule, sample: scheduleRecord },
};
const objectIds = /^[0-9a-f]{24}$/;
/** A record without one of these is no record; for any other reason it may lack a part. */
const refusals = new Set(['schema', 'date', 'future']);

function judge({ decoder, sample }: Kind, item: unknown): void {
  const { value, rejected } = decode(decoder, item);
  if (value === undefined) {
    expect(rejected.filter(({ reason }) => refusals.has(reason))).toHaveLength(1);
    return;
  }
  if (sample !== scheduleRecord)
    expect(value).toMatchObject({ id: expect.stringMatching(objectIds) });
  if ('status' in value) {
    expect(rejected.every(({ reason }) => reason === 'size')).toBe(true);
    if (value.status === 'completed' && 'takenAt' in value) {
      expect(value.takenAt).toBeLessThanOrEqual(start + 900);
    }
  }
  const more = { ...Object(item), novelty: { deep: [item] } };
  expect(decode(decoder, more).value).toEqual(value);
  expect(Object.keys(Object.prototype)).toEqual([]);
}

const anyRecord = fc.constantFrom(...Object.keys(kinds)).chain((name) =>
  fc.record({
    name: fc.constant(name),
    item: fc.oneof({ weight: 8, arbitrary: objectLike(kinds[name]?.sample ?? {}) }, fc.jsonValue()),
  }),
);

fuzz(
  'records',
  fc.property(anyRecord, ({ name, item }) => {
    const kind = kinds[name];
    if (kind !== undefined) judge(kind, item);
  }),
);
