import { setTimeout as delay } from 'node:timers/promises';
import { systemClock, type UnixSeconds } from '../../../src/domain/time.ts';
import type { World } from '../../../src/simulator/world/world.ts';
import { realMoment } from './accelerated-time.ts';
import { type Expected, type Firing, firings } from './firings.ts';
import { openStage, type Stage, type StageOptions } from './stage.ts';

export type Story = {
  readonly title: string;
  /** As it is when the story begins. */
  readonly world: () => World;
  readonly hours: number;
  /** What happens after so many hours, in their order. */
  readonly events?: readonly Event[];
  /** Every so many-th scrape fails. */
  readonly failingScrape?: number;
  readonly expected: readonly Expected[];
};

type Event = readonly [
  afterHours: number,
  happens: (stage: Stage, now: UnixSeconds) => void | Promise<void>,
];

const hour = 3600;
/** The longest a story may take. All are played at once, and as slowly as that allows. */
const longestSeconds = 300;
const slowest = 200;

export type Played = {
  readonly fired: readonly Firing[];
  /** What Prometheus logged at level warn or above: rules that could not be evaluated, say. */
  readonly complaints: readonly string[];
};

/** Plays a story through the whole program. */
export async function play(
  { world, hours, events = [], failingScrape }: Story,
  options: Pick<StageOptions, 'binary' | 'rules' | 'origin'>,
): Promise<Played> {
  const factor = Math.max(slowest, (hours * hour) / longestSeconds);
  const failing = failingScrape === undefined ? {} : { failingScrape };
  const stage = await openStage({ ...options, world: world(), factor, ...failing });
  const { time, prometheus } = stage;
  const until = (afterHours: number) =>
    delay(Math.max(0, realMoment(time, afterHours * hour) - systemClock()) * 1000);
  try {
    for (const [afterHours, happens] of events) {
      await until(afterHours);
      await happens(stage, time.origin + afterHours * hour);
    }
    await until(hours);
    return {
      fired: await firings(prometheus, time, hours),
      complaints: prometheus.complaints(),
    };
  } finally {
    await stage.close();
  }
}
