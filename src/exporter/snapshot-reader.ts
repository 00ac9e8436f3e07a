import { AtlasError, failureFrom } from '../atlas/transport/failure.ts';
import type { Deadline } from '../atlas/transport/message.ts';
import type { Timing } from '../atlas/transport/timing.ts';
import type { Failure } from '../domain/failure.ts';
import type { DetailedSnapshot } from '../domain/snapshot-details.ts';
import type { Clock } from '../domain/time.ts';
import { newGate } from '../runtime/gate.ts';
import { waitAtMost } from '../runtime/time-limit.ts';
import type { SnapshotAnswer, SnapshotRead } from '../status/one-snapshot.ts';

export type SnapshotReader = {
  /** The last answer, if it is not too old. */
  readonly known: (key: string) => SnapshotAnswer | undefined;
  /**
   * The same, or else what Atlas answers now. One call is under way at a time: others wait for it,
   * not for long. An answer is kept for so many seconds, a failure for less.
   */
  readonly read: (
    key: string,
    ask: (patience: Deadline) => Promise<DetailedSnapshot>,
    keepSeconds: number,
  ) => Promise<SnapshotRead>;
  /** Cuts short the call under way. */
  readonly stop: () => void;
};

type Options = {
  readonly clock: Clock;
  readonly timing: Timing;
  readonly onBug: (error: unknown) => void;
  /** How long somebody waits, and a call may take. */
  readonly patienceMs?: number;
};

const maxWaiting = 20;
const maxKept = 200;
/** Whoever loads the page again and again while Atlas fails is not passed on to it. */
const failureKeptSeconds = 30;
const busy: SnapshotRead = { kind: 'busy' };

export function newSnapshotReader(options: Options): SnapshotReader {
  const { timing, patienceMs = 10_000 } = options;
  const kept = new Map<string, { readonly answer: SnapshotAnswer; readonly untilMs: number }>();
  const underWay = new Map<string, Promise<void>>();
  const gate = newGate(1);
  const stopped = new AbortController();

  const known: SnapshotReader['known'] = (key) => {
    const found = kept.get(key);
    return found !== undefined && timing.monotonicMs() < found.untilMs ? found.answer : undefined;
  };
  const keep = (key: string, answer: SnapshotAnswer, seconds: number) => {
    kept.delete(key);
    kept.set(key, { answer, untilMs: timing.monotonicMs() + seconds * 1000 });
    const [oldest] = kept.keys();
    if (kept.size > maxKept && oldest !== undefined) kept.delete(oldest);
  };

  return {
    known,
    read: async (key, ask, keepSeconds) => {
      const before = known(key);
      if (before !== undefined) return before;
      let running = underWay.get(key);
      if (running === undefined) {
        if (gate.waiting() >= maxWaiting) return busy;
        const askedAt = timing.monotonicMs();
        running = gate
          .run(async () => {
            // Nobody waits for it any more.
            if (timing.monotonicMs() - askedAt >= patienceMs || stopped.signal.aborted) return;
            const answer = await answerTo(ask, stopped.signal, { ...options, patienceMs });
            const failed = answer.kind === 'failed';
            keep(key, answer, failed ? Math.min(keepSeconds, failureKeptSeconds) : keepSeconds);
          })
          .finally(() => underWay.delete(key));
        underWay.set(key, running);
      }
      await waitAtMost(running, (signal) => timing.sleep(patienceMs, signal));
      return known(key) ?? busy;
    },
    stop: () => stopped.abort(),
  };
}

async function answerTo(
  ask: Parameters<SnapshotReader['read']>[1],
  stopped: AbortSignal,
  { clock, timing, onBug, patienceMs }: Required<Options>,
): Promise<SnapshotAnswer> {
  const late = AbortSignal.timeout(patienceMs);
  const signal = AbortSignal.any([stopped, late]);
  try {
    const value = await ask({ signal, deadlineMs: timing.monotonicMs() + patienceMs });
    return { kind: 'read', value, at: clock() };
  } catch (error) {
    const bug = { reason: 'internal', endpoint: 'snapshot', detail: '' } as const;
    if (!(error instanceof AtlasError)) onBug(error);
    const failure: Failure = error instanceof AtlasError ? failureFrom(error) : bug;
    const detail = late.aborted ? `within ${patienceMs / 1000} s` : failure.detail;
    return { kind: 'failed', failure: { ...failure, detail }, at: clock() };
  }
}
