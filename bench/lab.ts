import { type Fleet, startFleet } from './fleet.ts';
import { type GoPeers, goPeers } from './go.ts';
import type { GoalId } from './goals.ts';
import type { Readings } from './verdict.ts';

/** What the groups of measurements have in common. */
export type Lab = {
  readonly wants: (...ids: readonly GoalId[]) => boolean;
  readonly short: boolean;
  /** The sizes of fleets to measure, the large one last. */
  readonly sizes: readonly Size[];
  /** Started when first asked for, and kept until the run ends. */
  readonly fleet: (clusters: Size) => Promise<Fleet>;
  readonly go: () => Promise<GoPeers>;
  readonly measured: (id: GoalId, part: string, values: readonly number[]) => void;
  readonly skipped: (id: GoalId, part: string, why: string) => void;
  /** Goes below the table. */
  readonly note: (text: string) => void;
  /** Tells how far the run is. */
  readonly say: (text: string) => void;
};

export type Size = 1_000 | 10_000;

export function sizeName(clusters: Size): string {
  return `${clusters.toLocaleString('en-US')} clusters`;
}

export type Findings = { readonly readings: Readings; readonly notes: string[] };

export function newLab(ids: readonly GoalId[], short: boolean, { readings, notes }: Findings): Lab {
  const fleets = new Map<Size, Promise<Fleet>>();
  let go: Promise<GoPeers> | undefined;
  const say = (text: string) => {
    const seconds = Math.round(performance.now() / 1000);
    process.stderr.write(`${String(seconds).padStart(4)} s  ${text}\n`);
  };
  return {
    wants: (...wanted) => wanted.some((id) => ids.includes(id)),
    short,
    sizes: short ? [1_000] : [1_000, 10_000],
    fleet: (clusters) => {
      const known = fleets.get(clusters);
      if (known !== undefined) return known;
      say(`records a fleet of ${sizeName(clusters)}`);
      const size =
        clusters === 1_000
          ? { clusters, projects: 20, concurrency: 10 }
          : { clusters, projects: 100, concurrency: 50 };
      const fleet = startFleet(size);
      fleets.set(clusters, fleet);
      return fleet;
    },
    go: () => {
      go ??= goPeers();
      return go;
    },
    measured: (id, part, values) => {
      say(`${id} ${part}: ${values.map((value) => value.toPrecision(3)).join(' ')}`);
      readings.set(id, part, { kind: 'measured', values });
    },
    skipped: (id, part, why) => {
      say(`${id} ${part}: skipped, ${why}`);
      readings.set(id, part, { kind: 'skipped', why });
    },
    note: (text) => {
      say(text);
      notes.push(text);
    },
    say,
  };
}
