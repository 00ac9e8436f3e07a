import type { Survey } from '../atlas/survey/survey.ts';
import type { Timing } from '../atlas/transport/timing.ts';
import { advanceInBatches } from '../domain/fleet.ts';
import { type Generation, incomplete, nextGeneration } from '../domain/generation.ts';
import type { Report } from '../domain/report.ts';
import { runInBatches } from '../runtime/event-loop.ts';
import { withTimeLimit } from '../runtime/time-limit.ts';

/** What is rendered of a generation. Not complete: something had to be left out. */
export type Rendered = { readonly complete: boolean };

/** A generation with what was rendered of it when its poll ended. */
export type Published<P> = { readonly generation: Generation; readonly prepared: P };

/** How to poll: all of it that a configuration decides. */
export type PollPlan<P> = {
  readonly survey: Survey;
  /** Renders a generation; `before` is what is shown so far. When it throws, that stays. */
  readonly prepare: (generation: Generation, before: P | undefined) => Promise<P>;
  readonly intervalMs: number;
  readonly discoveryIntervalMs: number;
  /** Polls on a timer as well, asked or not. */
  readonly background: boolean;
};

type PollOptions<P> = {
  readonly timing: Timing;
  readonly discover: boolean;
  /** Ends the poll. */
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, total: number) => void;
  /** What is known; it may be rendered again meanwhile. */
  readonly known: () => Published<P>;
};

/** A poll may take this many intervals; then what it could not reach counts as failed. */
const intervalsToGiveUp = 3;
const minToGiveUpMs = 120_000;

/** How long a poll may take. */
export function maxPollMs({ intervalMs }: Pick<PollPlan<unknown>, 'intervalMs'>): number {
  return Math.max(intervalMs * intervalsToGiveUp, minToGiveUpMs);
}

/** Reads and renders once. Undefined: the signal has cut it short, and nothing of it counts. */
export async function pollOnce<P extends Rendered>(
  plan: PollPlan<P>,
  { timing, discover, signal, onProgress, known }: PollOptions<P>,
): Promise<{ readonly published: Published<P>; readonly report: Report } | undefined> {
  const startedMs = timing.monotonicMs();
  const allowedMs = maxPollMs(plan);
  const { generation: before } = known();
  const limited = withTimeLimit(signal, allowedMs);
  const report = await plan
    .survey(before.fleet, {
      discover,
      signal: limited.signal,
      deadlineMs: startedMs + allowedMs,
      onProgress,
    })
    .finally(limited.over);
  if (signal.aborted) return undefined;
  const seconds = (timing.monotonicMs() - startedMs) / 1000;
  const fleet = await runInBatches(advanceInBatches(before.fleet, report));
  if (signal.aborted) return undefined;
  const generation = nextGeneration(before, fleet, report, seconds);
  const published = await rendered(plan, generation, known().prepared, before);
  return signal.aborted ? undefined : { published, report };
}

/** Where something had to be left out, the last success is that of `before`. */
export async function rendered<P extends Rendered>(
  plan: PollPlan<P>,
  generation: Generation,
  shown: P,
  before = generation,
): Promise<Published<P>> {
  const prepared = await plan.prepare(generation, shown);
  return {
    generation: prepared.complete ? generation : incomplete(generation, before),
    prepared,
  };
}
