import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as freshness from '../../src/domain/freshness.ts';
import { isCompleted, type Snapshot } from '../../src/domain/snapshot.ts';
import { anyListing, completed, day, hour, noon, uncompleted } from './snapshots.ts';

/** Checks a question against a naive answer, for any listing. */
function agrees<T>(
  question: (snapshots: readonly Snapshot[]) => T,
  naive: (snapshots: readonly Snapshot[]) => T,
): void {
  fc.assert(
    fc.property(anyListing, (listing) => {
      expect(question(listing)).toEqual(naive(listing));
    }),
    { numRuns: 300 },
  );
}

const largest = (values: readonly number[]) => values.toSorted((a, b) => b - a)[0];
const smallest = (values: readonly number[]) => values.toSorted((a, b) => a - b)[0];

test('no answer depends on the order of the listing', () => {
  const listings = anyListing.chain((listing) =>
    fc.tuple(
      fc.constant(listing),
      fc.shuffledSubarray([...listing], { minLength: listing.length }),
    ),
  );
  fc.assert(
    fc.property(listings, ([listing, shuffled]) => {
      for (const question of Object.values(freshness)) {
        expect(question(shuffled)).toEqual(question(listing));
      }
    }),
    { numRuns: 300 },
  );
});

test('no question changes the listing', () => {
  const listing = Object.freeze([completed(noon), completed(noon - day), completed(noon - hour)]);
  for (const question of Object.values(freshness)) question(listing);
});

describe('the newest completed snapshot', () => {
  test('is the one whose data is youngest', () => {
    agrees(
      (listing) => freshness.newestCompleted(listing)?.takenAt,
      (listing) => largest(listing.filter(isCompleted).map(({ takenAt }) => takenAt)),
    );
  });

  test('of two taken in one second has the greater id', () => {
    const listing = [completed(noon, { id: 'a' }), completed(noon, { id: 'b' })];
    expect(freshness.newestCompleted(listing)?.id).toBe('b');
  });

  test('is not the one that was requested last, or listed first', () => {
    const late = completed(noon - hour, { requestedAt: noon - 10 });
    expect(freshness.newestCompleted([late, completed(noon)])?.takenAt).toBe(noon);
  });

  test.each(['queued', 'in_progress', 'failed', 'other'] as const)('is never %s', (status) => {
    expect(freshness.newestCompleted([uncompleted(status, noon)])).toBeUndefined();
  });

  test('is absent in an empty listing', () => {
    expect(freshness.newestCompleted([])).toBeUndefined();
  });
});

test('the oldest completed snapshot says how far back a restore can go', () => {
  agrees(freshness.oldestCompletedAt, (listing) =>
    smallest(listing.filter(isCompleted).map(({ takenAt }) => takenAt)),
  );
});

describe('recoverable until', () => {
  test('is the latest expiry over all completed snapshots', () => {
    agrees(freshness.recoverableUntil, (listing) =>
      largest(listing.filter(isCompleted).flatMap(({ expiresAt }) => expiresAt ?? [])),
    );
  });

  test('is not the expiry of the newest one', () => {
    const monthly = completed(noon - 10 * day, { expiresAt: noon + 300 * day });
    expect(freshness.recoverableUntil([completed(noon), monthly])).toBe(noon + 300 * day);
  });

  test('does not count a failed or unfinished snapshot', () => {
    const pending = uncompleted('queued', noon, { expiresAt: noon + 400 * day });
    const failed = uncompleted('failed', noon, { expiresAt: noon + 500 * day });
    expect(freshness.recoverableUntil([pending, failed])).toBeUndefined();
  });

  test('is for ever as soon as one is kept for ever', () => {
    const kept = completed(noon - 400 * day, { expiresAt: Number.POSITIVE_INFINITY });
    expect(freshness.recoverableUntil([completed(noon), kept])).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('the pending snapshots', () => {
  test('wait since the oldest request', () => {
    agrees(freshness.pendingSince, (listing) =>
      smallest(
        listing.flatMap(({ status, requestedAt }) =>
          status === 'queued' || status === 'in_progress' ? requestedAt : [],
        ),
      ),
    );
  });

  test.each(['completed', 'failed', 'other'])('are never %s', (status) => {
    const listing = [
      completed(noon),
      uncompleted('failed', noon - day),
      uncompleted('other', noon - day),
    ];
    expect(freshness.pendingSince(listing.filter((one) => one.status === status))).toBeUndefined();
  });
});

test('the last failure is the newest request that failed and is still listed', () => {
  agrees(freshness.lastFailedAt, (listing) =>
    largest(listing.flatMap((one) => (one.status === 'failed' ? one.requestedAt : []))),
  );
});

test('the last fallback is the youngest completed one', () => {
  agrees(freshness.lastFallbackAt, (listing) =>
    largest(
      listing.flatMap((one) =>
        one.status === 'completed' && one.type === 'fallback' ? one.takenAt : [],
      ),
    ),
  );
});

describe('the newest snapshot to end', () => {
  test('is the one among the completed and failed that was requested last', () => {
    agrees(freshness.lastFinishedSucceeded, (listing) => {
      const ended = listing.filter(({ status }) => status === 'completed' || status === 'failed');
      const [last] = ended.toSorted(
        (a, b) => b.requestedAt - a.requestedAt || (a.id < b.id ? 1 : -1),
      );
      return last && last.status === 'completed';
    });
  });

  test.each([
    ['a failure after a success is a failure', ['completed', 'failed'], false],
    ['a success after a failure is a success', ['failed', 'completed'], true],
    ['a run under way says nothing yet', ['failed', 'in_progress'], false],
    ['an unknown status says nothing', ['completed', 'other'], true],
    ['nothing has ended when all is pending', ['queued', 'in_progress'], undefined],
    ['nothing has ended in an empty listing', [], undefined],
  ] as const)('%s', (_, statuses, expected) => {
    const listing = statuses.map((status, n) =>
      status === 'completed'
        ? completed(noon + n * hour)
        : uncompleted(status, noon + n * hour - 300),
    );
    expect(freshness.lastFinishedSucceeded(listing)).toBe(expected);
  });
});

test('of two that were requested in one second, the one with the greater id ended last', () => {
  const success = completed(noon, { id: 'a', requestedAt: noon });
  const failure = uncompleted('failed', noon, { id: 'b' });
  for (const listing of [
    [success, failure],
    [failure, success],
  ]) {
    expect(freshness.lastFinishedSucceeded(listing)).toBe(false);
  }
});

test('every status is counted, 0 included', () => {
  expect(freshness.countByStatus([])).toEqual({
    queued: 0,
    in_progress: 0,
    completed: 0,
    failed: 0,
    other: 0,
  });
  agrees(freshness.countByStatus, (listing) => {
    const of = (status: string) => listing.filter((one) => one.status === status).length;
    return {
      queued: of('queued'),
      in_progress: of('in_progress'),
      completed: of('completed'),
      failed: of('failed'),
      other: of('other'),
    };
  });
});

test('the sizes of the completed snapshots add up, a missing one as nothing', () => {
  agrees(freshness.completedSizeBytes, (listing) => {
    let sum = 0;
    for (const one of listing) if (one.status === 'completed') sum += one.sizeBytes ?? 0;
    return sum;
  });
});
