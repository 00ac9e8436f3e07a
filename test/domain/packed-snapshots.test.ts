import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sameListing } from '../../src/domain/backups.ts';
import { packed, unpacked } from '../../src/domain/packed-snapshots.ts';
import { listingOf } from './reports.ts';
import { anyListing, completed, day, hour, noon, uncompleted } from './snapshots.ts';

const item = '6595e0ea3ef2448993e0234d';
const everyFact = completed(noon, {
  id: '6b0a0da062c4919952dedf20',
  source: 'flex',
  finishedAt: noon + 60,
  type: 'on_demand',
  frequency: 'weekly',
  cloudProvider: 'GCP',
  mongodbVersion: '8.0.29',
  encrypted: true,
  policyItemIds: [item, item],
});

test('packing loses nothing, whatever the listing', () => {
  fc.assert(
    fc.property(anyListing, (listing) => {
      expect(unpacked(packed(listing))).toEqual(listing);
    }),
  );
  expect(unpacked(packed([everyFact]))).toEqual([everyFact]);
});

test('fifty snapshots of a schedule take less than a hundred bytes each', () => {
  const id = (n: number) => `6b0a0da062c491995${n.toString(16).padStart(7, '0')}`;
  const listing = Array.from({ length: 50 }, (_, n) =>
    completed(noon - n * hour, { id: id(n), requestedAt: 0x6b0a0da0, policyItemIds: [item] }),
  );
  const bytes = packed(listing).reduce((sum, { length }) => sum + length, 0);
  expect(bytes / listing.length).toBeLessThan(100);
});

test('a listing that says the same is the one that is known; any difference makes another', () => {
  const listing = [completed(noon, { policyItemIds: [item] }), uncompleted('queued', noon + 60)];
  const known = listingOf(listing);
  expect(sameListing(known, listingOf(structuredClone(listing)))).toBe(true);
  const [first, second] = listing;
  if (first === undefined || second === undefined) throw new Error('there are two');
  const others = [
    listingOf([first]),
    listingOf([second, first]),
    listingOf([{ ...first, expiresAt: noon + day }, second]),
    listingOf([{ ...first, policyItemIds: [] }, second]),
    listingOf([first, { ...second, status: 'in_progress' }]),
    listingOf(listing, noon + day),
  ];
  for (const other of others) expect(sameListing(known, other)).toBe(false);
});
