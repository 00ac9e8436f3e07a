import { evaluationContext } from '../../src/alerting/blind.ts';
import type { EvaluationContext, PollTiming } from '../../src/alerting/evaluation.ts';
import type { Cluster } from '../../src/domain/cluster.ts';
import type { ClusterRow } from '../../src/domain/cluster-view.ts';
import { clusterRows } from '../../src/domain/cluster-view.ts';
import { collectorNames } from '../../src/domain/collectors.ts';
import { advance, type Fleet, newFleet } from '../../src/domain/fleet.ts';
import { firstGeneration, type Generation, nextGeneration } from '../../src/domain/generation.ts';
import type { ObjectiveRules } from '../../src/domain/objective.ts';
import { hasSchedule, type Schedule } from '../../src/domain/schedule.ts';
import type { Snapshot } from '../../src/domain/snapshot.ts';
import type { UnixSeconds } from '../../src/domain/time.ts';
import { runToEnd } from '../../src/runtime/event-loop.ts';
import { cluster, type Found, report, timeout } from '../domain/reports.ts';
import { everyHours } from '../domain/schedules.ts';
import { hour } from '../domain/snapshots.ts';

/** What Atlas answers about one cluster at a time. */
export type Script = {
  /** From when on it is listed. By default always. */
  readonly since?: UnixSeconds;
  readonly facts?: (at: UnixSeconds) => Partial<Cluster>;
  readonly snapshots: (at: UnixSeconds) => readonly Snapshot[];
  /** Null: Atlas has none. By default one snapshot is taken every 6 hours. */
  readonly schedule?: (at: UnixSeconds) => Schedule | null;
  /** Its snapshots cannot be read after that. */
  readonly readUntil?: UnixSeconds;
  /** Its schedule cannot be read after that. */
  readonly scheduleReadUntil?: UnixSeconds;
  /** The date of a snapshot that is left out for it. */
  readonly futureAt?: (at: UnixSeconds) => UnixSeconds;
};

/** What one exporter saw of its clusters, up to the moment at which the conditions are judged. */
export type History = {
  readonly exporter: string;
  readonly timing: PollTiming;
  readonly polls: readonly UnixSeconds[];
  /** Besides those right after each poll. */
  readonly scrapes: readonly UnixSeconds[];
  readonly end: UnixSeconds;
  readonly clusters: Readonly<Record<string, Script>>;
};

/** An hour of grace; clusters called sandbox need no backup, and one in 100 hours is enough for slow ones. */
export const showRules = {
  maxStalenessSeconds: hour,
  objectives: {
    graceSeconds: hour,
    stated: (_, { name }) => {
      if (name.startsWith('sandbox')) return 'exempt';
      return name.startsWith('slow') ? { seconds: 100 * hour, source: 'override' } : undefined;
    },
  } satisfies ObjectiveRules,
};

/** What a poll finds at that time. */
function found({ clusters }: History, at: UnixSeconds): Found & { readonly at: UnixSeconds } {
  const listed = Object.entries(clusters)
    .filter(([, { since = 0 }]) => since <= at)
    .map(([name, script]) => ({
      script,
      key: `p/${name}`,
      cluster: cluster(`p/${name}`, script.facts?.(at)),
    }));
  const each = <T>(value: (one: (typeof listed)[number]) => T | undefined) =>
    Object.fromEntries(
      listed.flatMap((one): readonly [string, T][] => {
        const of = value(one);
        return of === undefined ? [] : [[one.key, of]];
      }),
    );
  return {
    at,
    projects: { a: ['p'] },
    clusters: { p: listed.map((one) => one.cluster) },
    backups: each(({ script: { readUntil = at, snapshots } }) =>
      at > readUntil ? timeout : snapshots(at),
    ),
    schedules: each(({ script: { schedule, scheduleReadUntil = at }, cluster: one }) => {
      if (!hasSchedule(one)) return undefined;
      if (at > scheduleReadUntil) return timeout;
      return schedule === undefined ? everyHours(6) : schedule(at);
    }),
    futureAt: each(({ script }) => script.futureAt?.(at)),
  };
}

/** One generation after another: before the first poll, and after each. */
export function* generations(history: History): Generator<readonly [UnixSeconds, Generation]> {
  let fleet: Fleet = newFleet([{ name: 'a', namedProjects: [] }]);
  let generation = firstGeneration(fleet, collectorNames);
  for (const at of history.polls) {
    const pass = report(found(history, at));
    fleet = advance(fleet, pass);
    generation = nextGeneration(generation, fleet, pass, 1);
    yield [at, generation];
  }
}

/** What the exporter knows at the end. */
export function judgedAt(history: History): {
  readonly rows: readonly ClusterRow[];
  readonly context: EvaluationContext;
} {
  const [, generation] = [...generations(history)].at(-1) ?? [];
  if (generation === undefined) throw new Error(`${history.exporter} polls never`);
  const { end: now, timing } = history;
  const rows = runToEnd(clusterRows(generation.fleet, now, showRules));
  return { rows, context: evaluationContext(generation, rows, { now, ...timing }) };
}
