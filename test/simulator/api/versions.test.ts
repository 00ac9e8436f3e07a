import { describe, expect, test } from 'vitest';
import { get, simulated } from '../client.ts';
import { G, world } from '../project.ts';

describe('versions', () => {
  const served = async (path: string, accept: string, goneVersions: string[] = []) => {
    const simulator = await simulated(world(), { goneVersions });
    return get(simulator, path, { accept });
  };

  test.each([
    [`${G}/clusters`, '2024-08-05', '2024-08-05'],
    [`${G}/clusters`, '2024-08-04', '2023-02-01'],
    [`${G}/clusters`, '2023-01-15', '2023-01-01'],
    [`${G}/clusters/rs/backup/schedule`, '2030-01-01', '2024-08-05'],
    [`${G}/clusters/rs/backup/snapshots`, '2025-03-12', '2023-01-01'],
    [`${G}/flexClusters`, '2025-03-12', '2024-11-13'],
  ])('%s asked of %s is served as of %s', async (path, asked, version) => {
    const { status, headers } = await served(path, `application/vnd.atlas.${asked}+json`);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe(`application/vnd.atlas.${version}+json;charset=utf-8`);
    const replaced = path.includes('clusters') && !path.endsWith('snapshots') && version < '2024';
    expect(headers.has('sunset')).toBe(replaced);
    expect(headers.has('deprecation')).toBe(replaced);
  });

  test.each([
    [`${G}/flexClusters`, 'application/vnd.atlas.2024-11-12+json'],
    ['/groups', 'application/vnd.atlas.2022-12-31+json'],
    ['/groups', 'application/vnd.atlas.2025-02-30+json'],
    ['/groups', 'application/vnd.atlas.soon+json'],
    ['/groups', 'application/json'],
    ['/groups', '*/*'],
  ])('%s asked with %s answers 406', async (path, accept) => {
    const { status, json } = await served(path, accept);
    expect([status, json.errorCode]).toEqual([406, 'INVALID_VERSION_DATE']);
  });

  test('past their sunset answer 410', async () => {
    const accept = 'application/vnd.atlas.2023-02-01+json';
    const { status, json } = await served(`${G}/clusters`, accept, ['2023-02-01']);
    expect([status, json.errorCode]).toEqual([410, 'VERSION_GONE']);
    expect((await served('/groups', accept, ['2023-02-01'])).status).toBe(200);
  });

  test('are of no matter to v1.0, which answers plain JSON without limits', async () => {
    const { status, headers } = await served(`/api/atlas/v1.0${G}/clusters`, 'text/html');
    expect([status, headers.get('content-type')]).toEqual([200, 'application/json']);
    expect(headers.has('ratelimit-limit')).toBe(false);
  });
});
