import fc from 'fast-check';
import { expect, test } from 'vitest';
import { advance, type Fleet } from '../../src/domain/fleet.ts';
import { lastKnown, lastReadAt } from '../../src/domain/observed.ts';
import type { CompletedSnapshot, Snapshot } from '../../src/domain/snapshot.ts';
import { report, snapshotsOf, timeout } from './reports.ts';
import { noon } from './snapshots.ts';
import { failed, fleetOf, named, nameOf, type Pass, snapshots, step, stories } from './stories.ts';

/** What is known after all passes, worked out by reading the whole story again for each cluster. */
function naively(passes: readonly Pass[]): Record<string, unknown> {
  const clusters: Record<string, unknown> = {};
  for (const project of ['p', 'q']) {
    for (const name of ['x', 'y']) {
      const known = clusterNaively(passes, project, name);
      if (known !== undefined) clusters[`${project}/${name}`] = known;
    }
  }
  return { projects: ['p', 'q'].filter((id) => isThere(passes, id)), clusters };
}

function isThere(passes: readonly Pass[], project: string): boolean {
  const listings = passes
    .map(({ projects }) => projects)
    .filter((listed) => listed !== undefined && listed !== failed);
  const lastSeen = listings.findLastIndex((listed) => listed.includes(project));
  return lastSeen !== -1 && (project === named || listings.length - 1 - lastSeen < 2);
}

function clusterNaively(passes: readonly Pass[], project: string, name: string): unknown {
  let id: string | undefined;
  let missed = 0;
  let value: readonly Snapshot[] | undefined;
  let at: number | undefined;
  let fresh = false;
  let doubted = false;
  let vanished = 0;
  for (const [n, { clusters, backups }] of passes.entries()) {
    const listed = clusters[project];
    if (!isThere(passes.slice(0, n + 1), project)) id = undefined;
    else if (listed !== undefined && listed !== failed) {
      const now = listed.findLast((one) => nameOf(one) === name);
      missed = now === undefined ? missed + 1 : 0;
      if (now !== undefined && now !== id) {
        id = now;
        value = undefined;
        at = undefined;
        fresh = false;
        doubted = false;
        vanished = 0;
      }
      if (missed >= 2) id = undefined;
    }
    const read = backups[`${project}/${name}`];
    if (id === undefined || read === undefined) continue;
    const time = noon + n * step;
    if (read === failed) fresh = false;
    else if (!doubted && value !== undefined && lostNewest(value, read, time)) {
      doubted = true;
      fresh = false;
    } else {
      vanished += (value ?? []).filter((one) => lives(one, time) && !read.includes(one)).length;
      value = read;
      at = time;
      fresh = true;
      doubted = false;
    }
  }
  return id === undefined ? undefined : { id, value, at, fresh, vanished };
}

const lives = ({ expiresAt }: Snapshot, now: number) => (expiresAt ?? 0) > now;

function lostNewest(before: readonly Snapshot[], after: readonly Snapshot[], now: number): boolean {
  const youngest = (of: readonly Snapshot[]) =>
    (of as readonly CompletedSnapshot[]).toSorted((a, b) => b.takenAt - a.takenAt)[0];
  const known = youngest(before);
  if (known === undefined || !lives(known, now)) return false;
  return known.takenAt > (youngest(after)?.takenAt ?? 0);
}

function shown({ projects, clusters }: Fleet): Record<string, unknown> {
  return {
    projects: [...projects.keys()].sort(),
    clusters: Object.fromEntries(
      [...clusters].map(([key, { cluster, backups, history }]) => [
        key,
        {
          id: cluster.id.slice(2),
          value: snapshotsOf(lastKnown(backups)),
          at: lastReadAt(backups),
          fresh: backups.kind === 'fresh',
          vanished: history.vanished,
        },
      ]),
    ),
  };
}

test('after any story, the fleet knows what reading the whole story again tells', () => {
  fc.assert(
    fc.property(stories, (passes) => {
      expect(shown(fleetOf(passes))).toEqual(naively(passes));
    }),
    { numRuns: 1_000 },
  );
});

test('a pass in which everything fails removes and changes nothing, after any story', () => {
  fc.assert(
    fc.property(stories, (passes) => {
      const before = fleetOf(passes);
      const blackout = report({
        projects: { a: timeout },
        clusters: { p: timeout, q: timeout },
        backups: Object.fromEntries([...before.clusters.keys()].map((key) => [key, timeout])),
      });
      const facts = ({ projects, clusters }: Fleet) => ({
        projects: [...projects].map(([id, { listing }]) => [
          id,
          lastKnown(listing),
          lastReadAt(listing),
        ]),
        clusters: [...clusters].map(([key, { backups, history, cluster, absences }]) => [
          key,
          lastKnown(backups),
          lastReadAt(backups),
          { history, cluster, absences },
        ]),
      });
      const after = advance(before, blackout);
      expect(facts(after)).toEqual(facts(before));
      expect([...after.clusters.values()].map(({ backups }) => backups.kind)).not.toContain(
        'fresh',
      );
    }),
    { numRuns: 300 },
  );
});

test('two clean passes after any story, the fleet is that of one that saw the end alone', () => {
  const ids = ['x', 'y'];
  const clean: Pass = {
    projects: ['p', 'q'],
    clusters: { p: ids, q: ids },
    backups: Object.fromEntries(
      ['p/x', 'p/y', 'q/x', 'q/y'].map((key) => [key, snapshots.slice(0, 2)]),
    ),
  };
  const known = (fleet: Fleet) =>
    [...fleet.clusters]
      .map(([key, { backups, absences }]) => [key, lastKnown(backups), backups.kind, absences])
      .sort();
  fc.assert(
    fc.property(stories, (passes) => {
      expect(known(fleetOf([...passes, clean, clean]))).toEqual(known(fleetOf([clean])));
    }),
    { numRuns: 300 },
  );
});
