import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { cloudSnapshot } from '../../src/atlas/decode/cloud-snapshot.ts';
import { dedicatedCluster, flexCluster, project } from '../../src/atlas/decode/cluster.ts';
import type { Decoder } from '../../src/atlas/decode/decoding.ts';
import { flexSnapshot } from '../../src/atlas/decode/flex-snapshot.ts';
import { legacySnapshot } from '../../src/atlas/decode/legacy-snapshot.ts';
import { schedule } from '../../src/atlas/decode/schedule.ts';
import { isObject } from '../../src/simulator/faults/fault.ts';
import { decode } from '../atlas/decode/decode.ts';
import { fuzz } from './fuzzing.ts';
import { allowedBy, type Schemas } from './schema-likeness.ts';

/** What each decoder reads, and what of it Atlas never leaves out. */
const kinds: readonly (readonly [string, Decoder<object>, readonly string[]])[] = [
  ['Group', project, ['id', 'name', 'orgId']],
  ['ClusterDescription20240805', dedicatedCluster, ['id', 'groupId', 'name', 'clusterType']],
  ['FlexClusterDescription20241113', flexCluster, ['id', 'groupId', 'name']],
  ['DiskBackupReplicaSet', cloudSnapshot, ['id', 'status', 'createdAt', 'storageSizeBytes']],
  [
    'DiskBackupShardedClusterSnapshot',
    cloudSnapshot,
    ['id', 'status', 'createdAt', 'storageSizeBytes'],
  ],
  ['FlexBackupSnapshot20241113', flexSnapshot, ['id', 'status', 'startTime']],
  ['DiskBackupSnapshotSchedule20240805', schedule, ['policies']],
  ['BackupSnapshot', legacySnapshot, ['id', 'complete', 'created']],
];
/** Parts of these may lack, by the specification, what they never lack. */
const inParts: ReadonlySet<string> = new Set([
  'DiskBackupSnapshotSchedule20240805',
  'BackupSnapshot',
]);
/** Such a region names its cloud beside, always, though the specification does not ask for it. */
const sharedHardware: ReadonlySet<string> = new Set(['TENANT', 'FLEX']);

/** A schema cannot say that two lists name the same shards; the words beside it do. */
function namingTwice(item: unknown): unknown {
  if (!isObject(item)) return item;
  const { members, snapshotIds, ...others } = item;
  const named = Array.isArray(members)
    ? members.filter(isObject).map((member) => member['id'])
    : snapshotIds;
  if (Array.isArray(named) && named.length === 0) return others;
  return Array.isArray(members) && Array.isArray(snapshotIds)
    ? { ...item, snapshotIds: named }
    : item;
}

const path = process.env['ATLAS_OPENAPI'] || undefined;

if (path === undefined) {
  test.skip('records that the specification of Atlas allows', () => undefined);
  console.info('skipped: ATLAS_OPENAPI does not name the specification; .ci/run sets it');
} else {
  fuzz('openapi', () => {
    const { schemas } = parse(readFileSync(path, 'utf8')).components as { schemas: Schemas };
    for (const [name] of kinds) expect(Object.keys(schemas)).toContain(name);
    const records = kinds.map(([name, decoder, needed]) =>
      fc.record({
        name: fc.constant(name),
        decoder: fc.constant(decoder),
        item: allowedBy(schemas, schemas[name] ?? {}, needed).map(namingTwice),
      }),
    );
    return fc.property(fc.oneof(...records), ({ name, decoder, item }) => {
      const { value, rejected, unknown } = decode(decoder, item);
      // What the specification allows is taken, and every value it lists is known.
      expect(unknown.filter(({ value }) => !sharedHardware.has(value))).toEqual([]);
      if (inParts.has(name)) return;
      expect({ taken: value !== undefined, rejected }).toEqual({ taken: true, rejected: [] });
    });
  });
}
