import { longestGap } from './naive-gap.ts';
import type { NaiveSnapshot } from './naive-snapshot.ts';
import type { RawPolicyItem, RawSchedule } from './raw-replies.ts';

/**
 * One way in which an exporter can have come to know a schedule. It does not ask for schedules in
 * every poll, and which polls it chooses is its own affair; so several can be possible at a time.
 */
export type Belief = {
  readonly schedule: RawSchedule | undefined;
  /** When it asked last. */
  readonly readAt: number;
  /** The first run it saw announced after a pause had ended. */
  readonly announced: number | undefined;
  /** When it last saw a schedule ask for more, and what the one before had allowed. */
  readonly tightened: { readonly at: number; readonly before: number } | undefined;
};

/** What a poll shows of a cluster that should have a schedule. */
export type Sight = {
  readonly now: number;
  readonly schedule: RawSchedule | undefined;
  readonly listed: readonly NaiveSnapshot[];
  /** Paused or not, backed up or not: otherwise than in the poll before. */
  readonly changed: boolean;
  /** Seen running just now, and paused before. */
  readonly resumed: boolean;
  /** When it was last seen so. */
  readonly resumedAt: number | undefined;
};

/** What an exporter can believe after a poll. The last one is that of having asked just now. */
export function believe(before: readonly Belief[], sight: Sight): readonly Belief[] {
  const news = before.length === 0 ? [asked(undefined, sight)] : [];
  const kept = before.filter((belief) => mayStay(belief, sight));
  const all = [...kept, ...before.map((belief) => asked(belief, sight)), ...news];
  return [...new Map(all.map((belief) => [JSON.stringify(belief), belief])).values()];
}

const oldest = 2.5 * 3600;

/** Whether nothing that it has seen tells the exporter to ask again. */
function mayStay({ schedule, readAt }: Belief, { now, listed, changed }: Sight): boolean {
  const next = nextOf(schedule);
  if (changed || now - readAt >= oldest || (next !== undefined && next <= now)) return false;
  const known = itemsOf(schedule).map(({ id }) => id);
  return listed
    .filter(({ requested }) => requested > readAt)
    .every(({ items }) => items.every((id) => known.includes(id)));
}

function asked(before: Belief | undefined, { now, schedule, resumed, resumedAt }: Sight): Belief {
  const earlier = resumed ? undefined : before?.announced;
  const allowed = before && longestGap(itemsOf(before.schedule));
  const allows = longestGap(itemsOf(schedule));
  const asksForMore = allowed !== undefined && allows !== undefined && allows < allowed;
  return {
    schedule,
    readAt: now,
    announced: earlier ?? (resumedAt === undefined ? undefined : nextOf(schedule)),
    tightened: asksForMore ? { at: now, before: allowed } : before?.tightened,
  };
}

export function nextOf(schedule: RawSchedule | undefined): number | undefined {
  return schedule?.nextSnapshot === undefined
    ? undefined
    : Date.parse(schedule.nextSnapshot) / 1000;
}

export function itemsOf(schedule: RawSchedule | undefined): readonly RawPolicyItem[] {
  return (schedule?.policies ?? []).flatMap(({ policyItems }) => policyItems);
}
