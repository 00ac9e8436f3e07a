import type { Prometheus } from '../prometheus.ts';
import { type AcceleratedTime, realMoment } from './accelerated-time.ts';

/** An alert that fired without a pause, in hours since the beginning. */
export type Firing = {
  /** Its name, and the cluster if it is about one. */
  readonly alert: string;
  readonly from: number;
  readonly until: number;
};

/** The alerts that fire all the time from one hour to another; no other does in between. */
export type Expected = readonly [from: number, to: number, ...alerts: readonly string[]];

const hour = 3600;
/** Accelerated; twice as often as rules are evaluated. */
const stepSeconds = 60;
/** A real stall of that length is no pause in an alert. */
const stallSeconds = 5;

// How long an answer is on its way does not shrink with time: a tenth of a second of this machine's
// is a minute of a story, and the skew of two clocks is measured no better than that.
const judged = 'ALERTS{alertstate="firing",alertname!="AtlasBackupClockSkew"}';

/** A second in which a busy machine does nothing is minutes of a story without a scrape. */
const trembling = { alerts: ['AtlasBackupExporterGone', 'AtlasBackupExporterDown'], seconds: 2 };

export async function firings(
  prometheus: Prometheus,
  time: AcceleratedTime,
  hours: number,
): Promise<readonly Firing[]> {
  const step = stepSeconds / time.factor;
  const seen = await prometheus.seen(judged, {
    from: time.anchor,
    to: realMoment(time, hours * hour),
    stepSeconds: step,
    lookbackSeconds: stallSeconds,
  });
  const counts = (alert: string, from: number, until: number) =>
    until - from > trembling.seconds || !trembling.alerts.includes(alert);
  const inHours = (at: number) => ((at - time.anchor) * time.factor) / hour;
  return seen
    .flatMap(({ labels: { alertname = '', cluster }, at }) =>
      stretches(at, step)
        .filter(([from, until]) => counts(alertname, from, until))
        .map(([from, until]) => ({
          alert: cluster === undefined ? alertname : `${alertname} ${cluster}`,
          from: inHours(from),
          until: inHours(until),
        })),
    )
    .toSorted((a, b) => a.from - b.from);
}

/** First and last of the moments that follow each other in steps. */
function stretches(at: readonly number[], step: number): readonly (readonly [number, number])[] {
  const found: [number, number][] = [];
  for (const moment of at) {
    const last = found.at(-1);
    if (last !== undefined && moment - last[1] < 1.5 * step) last[1] = moment;
    else found.push([moment, moment]);
  }
  return found;
}

/** For a person to follow. */
export function told(found: readonly Firing[]): string {
  return found.length === 0 ? 'nothing fired' : found.map(line).join('\n');
}

function line({ alert, from, until }: Firing): string {
  const [first, last] = [from, until].map((hours) => hours.toFixed(1).padStart(5));
  return `${first} h to ${last} h  ${alert}`;
}

/** Where what fired is not what was expected. Alerts expected nowhere must not fire at any time. */
export function contradictions(
  found: readonly Firing[],
  expected: readonly Expected[],
): readonly string[] {
  const wanted = new Set(expected.flatMap(([, , ...alerts]) => alerts));
  const never = found.filter(({ alert }) => !wanted.has(alert)).map((one) => `never: ${line(one)}`);
  return [...never, ...expected.flatMap((span) => contradictionsIn(span, found, wanted))];
}

function contradictionsIn(
  [from, to, ...alerts]: Expected,
  found: readonly Firing[],
  wanted: ReadonlySet<string>,
): readonly string[] {
  const span = `from ${from} h to ${to} h`;
  const covers = (one: Firing) => one.from <= from && one.until >= to;
  const touches = (one: Firing) => one.from <= to && one.until >= from;
  return [...wanted].flatMap((alert) => {
    const firing = found.filter((one) => one.alert === alert);
    if (alerts.includes(alert)) {
      return firing.some(covers) ? [] : [`not all the time ${span}: ${alert}`];
    }
    return firing.filter(touches).map((one) => `not at all ${span}: ${line(one)}`);
  });
}
