import type { UnixSeconds } from '../../domain/time.ts';
import { day, hour } from './durations.ts';
import type { Policy, PolicyItem } from './policy.ts';

/** The schedule asks for one snapshot, on behalf of every item that is due at that moment. */
export type Firing = {
  readonly at: UnixSeconds;
  /** From the most frequent to the rarest; never empty. */
  readonly items: readonly PolicyItem[];
};

/** Its one snapshot serves all items, so it is kept as long as the one that keeps maxRetention. */
export function retentionOf(firing: Firing): number {
  return Math.max(...firing.items.map(({ retentionSeconds }) => retentionSeconds));
}

// A snapshot is kept from its completion on, which comes some minutes after the firing.
const completionMargin = 2 * hour;

/** The firings of a policy up to `now` whose snapshots can still be there, oldest first. */
export function keptFirings(policy: Policy, from: UnixSeconds, now: UnixSeconds): Firing[] {
  const maxRetention = Math.max(0, ...policy.items.map(({ retentionSeconds }) => retentionSeconds));
  const hourly = hourlyOf(policy);
  const hourlyFrom = now - (hourly?.retentionSeconds ?? 0) - completionMargin;
  const found: Firing[] = [];
  const last = referenceBefore(policy, now);
  for (
    let at = referenceBefore(policy, Math.max(from, now - maxRetention - completionMargin));
    at <= last;
    at += day
  ) {
    if (at >= from) {
      const items = dueAtReference(policy, at, now);
      if (items.length > 0) found.push({ at, items });
    }
    if (hourly === undefined || at + day < hourlyFrom) continue;
    const step = hourly.frequencyInterval * hour;
    for (let slot = at + step; slot < at + day && slot <= now; slot += step) {
      if (slot >= from && slot >= hourlyFrom) found.push({ at: slot, items: [hourly] });
    }
  }
  return found;
}

/** When the schedule fires next after `now`. Undefined: no item is left. */
export function nextFiring(policy: Policy, now: UnixSeconds): UnixSeconds | undefined {
  if (policy.items.length === 0) return undefined;
  const reference = referenceBefore(policy, now);
  const hourly = hourlyOf(policy);
  if (hourly !== undefined) {
    const step = hourly.frequencyInterval * hour;
    const next = reference + (Math.floor((now - reference) / step) + 1) * step;
    return Math.min(next, reference + day);
  }
  // Two years hold a firing of every item there is.
  for (let at = reference + day; at < reference + 732 * day; at += day) {
    if (policy.items.some((item) => isDueOn(item, at))) return at;
  }
  return undefined;
}

function hourlyOf(policy: Policy): PolicyItem | undefined {
  return policy.items.find(({ frequencyType }) => frequencyType === 'hourly');
}

function referenceBefore(policy: Policy, at: UnixSeconds): UnixSeconds {
  const offset = policy.referenceHour * hour + policy.referenceMinute * 60;
  return Math.floor((at - offset) / day) * day + offset;
}

function dueAtReference(policy: Policy, at: UnixSeconds, now: UnixSeconds): readonly PolicyItem[] {
  const keepable = (item: PolicyItem) => at + item.retentionSeconds + completionMargin > now;
  if (!policy.items.some((item) => keepable(item) && isDueOn(item, at))) return [];
  return policy.items.filter((item) => isDueOn(item, at));
}

function isDueOn(item: PolicyItem, at: UnixSeconds): boolean {
  switch (item.frequencyType) {
    case 'hourly':
    case 'daily':
      return true;
    case 'weekly':
      return weekday(at) === item.frequencyInterval;
    case 'monthly':
      return isDayOfMonth(at, item.frequencyInterval);
    case 'yearly': {
      const date = new Date(at * 1000);
      return date.getUTCMonth() + 1 === item.frequencyInterval && date.getUTCDate() === 1;
    }
  }
}

/** Monday is 1 and Sunday 7, as in Atlas's policies. */
function weekday(at: UnixSeconds): number {
  // The epoch began on a Thursday.
  return ((Math.floor(at / day) + 3) % 7) + 1;
}

function isDayOfMonth(at: UnixSeconds, wanted: number): boolean {
  const isLast = new Date((at + day) * 1000).getUTCDate() === 1;
  return wanted === 40 ? isLast : new Date(at * 1000).getUTCDate() === wanted;
}
