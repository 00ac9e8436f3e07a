import type { Row } from '../row.ts';
import { absorbed, anywhere, fails, met, parts } from './making.ts';

const hour = 3_600;
/** Atlas limits the reading of backups by project. */
const sharing = { also: ['cluster-1', 'cluster-7'] } as const;

export const permissionRows: readonly Row[] = [
  ...met('PE-01', 'forbidden=IP_ADDRESS_NOT_ON_ACCESS_LIST', fails('ip_not_allowed'), anywhere),
  ...met('PE-01', 'unauthorized=ORG_REQUIRES_ACCESS_LIST', fails('ip_not_allowed'), ['projects']),
  ...met('PE-02', 'forbidden', fails('forbidden'), anywhere),
  ...met('PE-02', 'unauthorized', fails('forbidden'), anywhere),
  ...met('PE-05', 'not_found=GROUP_NOT_FOUND', fails('not_found'), ['clusters', 'everything']),
  ...met('PE-04', 'not_found', fails('not_found'), ['snapshots']),
  ...met('PE-06', 'bad_request=CANNOT_USE_NON_FLEX_CLUSTER_IN_FLEX_API', fails('server'), [
    'snapshots',
  ]),
  ...met('PE-07', 'gone', fails('version_gone'), anywhere),
  ...['402', '405', '406', '409', '418', '451'].flatMap((status) =>
    met(
      'PE-10',
      `status=${status}`,
      fails(status === '402' ? 'forbidden' : status === '406' ? 'version_gone' : 'server'),
      ['snapshots', 'clusters', 'projects'],
    ),
  ),
  ...met('RL-02', 'rate_limited', fails('rate_limited'), anywhere),
  ...['7', 'date', 'past', '-1', '0', '1.5', 'soon', 'empty', 'twice', '1e12'].flatMap((form) =>
    met(
      form === '7' ? 'RL-01' : ['date', 'past'].includes(form) ? 'RL-03' : 'RL-04',
      `retry_after=${form}`,
      fails('rate_limited'),
      parts,
    ),
  ),
  ...met('RL-05', 'retry_after=100000', fails('rate_limited'), ['snapshots', 'projects'], sharing),
  ...met(
    'RL-04',
    'retry_after=999999999999999',
    fails('rate_limited'),
    ['snapshots', 'projects'],
    sharing,
  ),
  ...met('RL-06', 'unavailable', fails('server'), [...parts, 'projects']),
  ...met('RL-07', 'limit_headers=many', absorbed, ['everything']),
  ...met('RL-07', 'limit_headers=-5', absorbed, ['everything']),
  ...met('RL-07', 'limit_headers=0', absorbed, ['everything']),
  ...met('RL-07', 'limit_headers=99999999999', absorbed, ['everything']),
  ...met('PE-07', 'sunset=30', absorbed, ['everything']),
  ...met('PE-07', 'sunset_junk', absorbed, ['everything']),
  ...met('CK-01', `clock_skew=${hour}`, absorbed, ['everything'], {
    shows: { 'mongodbatlas_backup_exporter_clock_skew_seconds []': -hour },
  }),
  ...met('CK-01', 'date=today', absorbed, ['everything']),
];
