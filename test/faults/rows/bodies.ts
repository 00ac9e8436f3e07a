import type { Row } from '../row.ts';
import { absorbed, anywhere, confirmed, doubted, fails, met, parts, taken } from './making.ts';

const listings = ['snapshots', 'sharded', 'flex', 'clusters', 'projects'] as const;

export const bodyRows: readonly Row[] = [
  ...met('BD-01', 'html', fails('bad_content_type'), [...anywhere, 'sharded', 'flex', 'schedule']),
  ...met('BD-01', 'content_type=text/plain', fails('bad_content_type'), parts),
  ...met('PE-08', 'content_type=application/json', absorbed, ['everything']),
  ...met('PE-08', 'content_type=APPLICATION/JSON;charset=utf-8', absorbed, ['everything']),
  ...met('PE-08', 'content_type=application/vnd.atlas.2030-01-01+json', absorbed, ['everything']),
  ...['html_as_json', 'empty_body', 'bom', 'json_nan', 'trailing_garbage', 'half_json'].flatMap(
    (fault) => met('BD-02', fault, fails('bad_json'), [...listings, 'everything']),
  ),
  ...['json_null', 'json_array', 'json_text', 'json_number'].flatMap((fault) =>
    met('BD-02', fault, fails('bad_schema'), listings),
  ),
  ...['error_in_200', 'results_null', 'results_object'].flatMap((fault) =>
    met('BD-03', fault, fails('bad_schema'), [...listings, 'everything']),
  ),
  ...met('BD-04', 'endless_body', fails('too_large'), ['snapshots', 'sharded', 'projects']),
  ...met('BD-05', 'gzip_bomb', fails('bad_json'), ['snapshots', 'projects']),
  ...met('BD-06', 'encodings', absorbed, ['snapshots', 'projects']),
  ...met('BD-07', 'proto_keys', absorbed, ['everything']),
  ...met('BD-08', 'deep_nesting', absorbed, ['snapshots', 'projects']),
  ...met('BD-09', 'invalid_utf8', { kind: 'taken', misnames: true }, ['snapshots', 'clusters']),
  ...met('BD-11', 'envelope', fails('bad_schema'), listings),
  ...met('PG-01', 'next_elsewhere', absorbed, ['everything']),
  ...met('PG-01', 'next_file', absorbed, ['everything']),
  ...met('PG-01', 'links_junk', absorbed, ['everything']),
  ...met('PG-02', 'looping_pages', fails('pagination'), ['snapshots', 'clusters', 'projects']),
  ...met('PG-03', 'endless_pages', fails('pagination'), ['snapshots', 'projects'], {
    withinMs: 40_000,
  }),
  ...met('PG-05', 'empty_last_page', absorbed, ['snapshots', 'clusters', 'projects']),
  ...met('PG-10', 'refused_pages', absorbed, ['snapshots', 'clusters', 'projects']),
  ...met('PG-10', 'short_pages=1', absorbed, ['snapshots', 'clusters', 'projects']),
  ...met('PG-10', 'short_pages=100', absorbed, ['everything']),
  ...['0', '-1', '999999', 'many', '1e400'].flatMap((total) =>
    met('PG-06', `wrong_total=${total}`, absorbed, ['everything']),
  ),
  ...met('PG-07', 'duplicates', absorbed, ['snapshots', 'clusters', 'projects']),
  ...met('PG-09', 'lost_page=2', fails('forbidden'), ['snapshots', 'clusters']),
  ...met('PG-09', 'lost_page=3', fails('forbidden'), ['snapshots']),
  ...met('PG-11', 'unsorted', absorbed, ['everything']),
  ...met('DT-24', 'empty_listing', doubted, ['snapshots', 'sharded', 'flex']),
  ...met('DT-24', 'older_listing=2', doubted, ['snapshots', 'sharded', 'flex']),
  ...met('PE-11', 'empty_listing', confirmed, ['clusters', 'projects']),
  ...met('PE-03', 'missing_record=1', confirmed, ['clusters', 'projects']),
  ...met('PG-08', 'missing_record=3', taken, ['snapshots']),
];
