import type { UnixSeconds } from '../../../domain/time.ts';
import { tenth } from '../../../html/svg.ts';

/** Places moments side by side: finely near now, coarsely far from it. */
export type TimeScale = {
  /** From left to right. */
  readonly x: (at: UnixSeconds) => number;
  readonly ticks: readonly { readonly x: number; readonly label: string }[];
};

/** Around now, half an hour takes as much room as the step from there to an hour and a half. */
const fineSeconds = 1800;
const hour = 3600;
const day = 24 * hour;
const steps = [
  [hour, '1h'],
  [6 * hour, '6h'],
  [day, '1d'],
  [7 * day, '7d'],
  [30 * day, '30d'],
  [365 * day, '1y'],
  [5 * 365 * day, '5y'],
] as const;
const roomForLabel = 54;

/**
 * Between `left` and `right` are all of these moments, `now` and at least two hours around it. No
 * tick comes near the marks, whose labels have their own.
 */
export function timeScale(
  moments: readonly UnixSeconds[],
  now: UnixSeconds,
  [left, right]: readonly [number, number],
  marks: readonly UnixSeconds[],
): TimeScale {
  const finite = moments.filter((at) => Number.isFinite(at));
  const first = finite.reduce((a, b) => Math.min(a, b), now - 2 * hour);
  const last = finite.reduce((a, b) => Math.max(a, b), now + 2 * hour);
  const [from, until] = [bent(first - now), bent(last - now)];
  const x = (at: UnixSeconds) => {
    const share = (bent(at - now) - from) / (until - from);
    return tenth(left + Math.min(1, Math.max(0, share)) * (right - left));
  };
  const within = [
    ...steps.map(([s, label]) => ({ at: now - s, label: `${label} ago` })).reverse(),
    ...steps.map(([s, label]) => ({ at: now + s, label: `in ${label}` })),
  ].filter(({ at }) => at >= first && at <= last);
  const ticks = within.map(({ at, label }) => ({ x: x(at), label }));
  return { x, ticks: spread(ticks, [now, ...marks].map(x)) };
}

function bent(seconds: number): number {
  if (!Number.isFinite(seconds)) return seconds;
  return Math.sign(seconds) * Math.log10(1 + Math.abs(seconds) / fineSeconds);
}

/** Leaves out ticks whose labels would touch the one before, or a mark. */
function spread(ticks: TimeScale['ticks'], marks: readonly number[]): TimeScale['ticks'] {
  let before = Number.NEGATIVE_INFINITY;
  return ticks.filter(({ x }) => {
    if (x - before < roomForLabel || marks.some((mark) => Math.abs(x - mark) < roomForLabel / 2))
      return false;
    before = x;
    return true;
  });
}
