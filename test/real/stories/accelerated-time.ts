import { realTiming, type Timing } from '../../../src/atlas/transport/timing.ts';
import { type Clock, systemClock, type UnixSeconds } from '../../../src/domain/time.ts';

/** A time that runs faster than this machine's from one moment on, at which it may be set as well. */
export type AcceleratedTime = {
  /** When it began, by this machine's clock. */
  readonly anchor: UnixSeconds;
  /** What it showed then. */
  readonly origin: UnixSeconds;
  /** How many of its seconds pass in a real one. */
  readonly factor: number;
};

export function accelerated(factor: number, origin: UnixSeconds): AcceleratedTime {
  return { anchor: systemClock(), origin, factor };
}

/** The real moment at which so many accelerated seconds have passed since the beginning. */
export function realMoment({ anchor, factor }: AcceleratedTime, seconds: number): UnixSeconds {
  return anchor + seconds / factor;
}

export function clockOf({ anchor, origin, factor }: AcceleratedTime): Clock {
  return () => origin + (systemClock() - anchor) * factor;
}

export function timingOf({ factor }: AcceleratedTime): Timing {
  return {
    monotonicMs: () => realTiming.monotonicMs() * factor,
    sleep: (ms, signal) => realTiming.sleep(ms / factor, signal),
    random: realTiming.random,
  };
}
