import type { Row } from '../row.ts';
import { absorbed, fails, met, taken } from './making.ts';

const snapshots = ['snapshots', 'sharded', 'flex'] as const;
const rejecting = (rejected: 'date' | 'future' | 'size' | 'schema') =>
  ({ kind: 'taken', rejected }) as const;
const noting = (unknown: 'status' | 'snapshotType' | 'clusterType') =>
  ({ kind: 'taken', unknown }) as const;

const dates = [
  '2026-08-12T02-00-00',
  '2026-02-30',
  '20260812',
  'tomorrow',
  '',
  '0',
  '1970-01-01',
  '12026-08-12',
];

export const recordRows: readonly Row[] = [
  ...met('DT-01', 'unknown_status', noting('status'), snapshots),
  ...met('DT-01', 'unknown_values', noting('snapshotType'), ['snapshots', 'sharded']),
  ...met('DT-01', 'unknown_values', noting('clusterType'), ['clusters']),
  ...met('DT-02', 'shouting', noting('status'), snapshots),
  ...met('DT-04', 'no_dates', rejecting('date'), snapshots),
  ...dates.flatMap((text) => met('DT-07', `odd_dates=${text}`, rejecting('date'), ['snapshots'])),
  ...met('DT-08', 'future_dates=86400', rejecting('future'), snapshots),
  ...met('DT-08', 'future_dates=4e9', rejecting('future'), ['snapshots']),
  ...met('DT-09', 'odd_dates=2009-12-31', rejecting('date'), ['flex']),
  ...['-1', '1.5', '1e308', '1e400', 'many', '9007199254740993'].flatMap((size) =>
    met('DT-06', `odd_sizes=${size}`, rejecting('size'), ['snapshots', 'sharded']),
  ),
  ...met('DT-05', 'odd_ids', rejecting('schema'), [...snapshots, 'clusters']),
  ...met('DT-05', 'odd_names', rejecting('schema'), ['clusters', 'projects']),
  ...met('DT-05', 'null_fields', taken, [...snapshots, 'clusters', 'projects']),
  ...met('DT-05', 'not_records', absorbed, ['snapshots', 'sharded', 'clusters', 'projects']),
  ...met('DT-10', 'hostile_names', { kind: 'taken', misnames: true }, ['clusters', 'projects']),
  ...met('DT-11', 'same_names', taken, ['projects']),
  ...met('DT-12', 'same_names', fails('bad_schema'), ['clusters']),
  ...met('DT-13', 'reborn', taken, ['clusters']),
  ...met('DT-22', 'lost_shards', rejecting('schema'), ['sharded']),
  ...met('DT-23', 'more_fields', absorbed, ['everything']),
  ...met('BD-12', 'numbers_as_text', rejecting('size'), ['snapshots', 'sharded']),
];
