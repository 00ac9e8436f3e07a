import { describe, expect, test } from 'vitest';
import { atlasClient } from '../../src/atlas/client.ts';
import { endpoints } from '../../src/atlas/endpoints.ts';
import { patient } from './reader.ts';
import { recorded, recordings } from './recorded.ts';
import { anywhere, asOf } from './recorded-checks.ts';
import { checks } from './recorded-table.ts';

const folder = process.env['ATLAS_RECORDED'] ?? '';
if (folder === '') {
  console.info('ATLAS_RECORDED names no folder of recorded replies: their decoding is skipped');
}

describe.skipIf(folder === '')('recorded replies', () => {
  test('are the ones in this table, all of them', () => {
    expect(Object.keys(checks).toSorted()).toEqual(recordings(folder).toSorted());
  });

  test.each(Object.entries(checks))('%s is decoded', async (name, check) => {
    await check(recorded(folder, name));
  });

  test('of one snapshot on its way end with an expiry that moved at completion', async () => {
    const expiry = async (name: string) => {
      const client = atlasClient(
        'v2',
        async () => recorded(folder, name),
        () => asOf,
      );
      return (await client.one(endpoints.snapshot, anywhere, patient)).expiresAt ?? 0;
    };
    const before = await expiry('cloud-life-3-inprogress');
    expect(await expiry('cloud-life-1-inprogress')).toBe(before);
    const after = await expiry('cloud-life-4-completed');
    expect(after).toBeGreaterThan(before);
    expect(await expiry('cloud-life-5-completed')).toBe(after);
  });
});
