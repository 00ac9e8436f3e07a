import type { RawPolicyItem } from './raw-replies.ts';

const hour = 3600;
const day = 24 * hour;
// All that a calendar can do to weekdays, ends of months and leap years happens in 28 years.
const begin = Date.UTC(2001, 0, 1) / 1000;
const end = Date.UTC(2029, 0, 1) / 1000;

const found = new Map<string, number | undefined>();

/** The longest time in which none of these items fires, by a walk through 28 years. */
export function longestGap(items: readonly RawPolicyItem[]): number | undefined {
  const text = JSON.stringify(items.map((item) => [item.frequencyType, item.frequencyInterval]));
  if (!found.has(text)) found.set(text, walked(items));
  return found.get(text);
}

/** The reference time is taken to be midnight: another moves every firing alike. */
function walked(items: readonly RawPolicyItem[]): number | undefined {
  const daily = items.filter(({ frequencyType }) => frequencyType !== 'hourly');
  const hourly = items.filter(({ frequencyType }) => frequencyType === 'hourly');
  let longest: number | undefined;
  let last: number | undefined;
  for (let at = begin; at < end; at += hour) {
    const hours = ((at - begin) % day) / hour;
    const fires =
      hourly.some((item) => hours % item.frequencyInterval === 0) ||
      (hours === 0 && daily.some((item) => firesOn(item, new Date(at * 1000))));
    if (!fires) continue;
    if (last !== undefined) longest = Math.max(longest ?? 0, at - last);
    last = at;
  }
  return longest;
}

function firesOn({ frequencyType, frequencyInterval }: RawPolicyItem, date: Date): boolean {
  const tomorrow = new Date(date.getTime() + day * 1000);
  switch (frequencyType) {
    case 'daily':
      return true;
    case 'weekly':
      return (date.getUTCDay() || 7) === frequencyInterval;
    case 'monthly':
      if (frequencyInterval === 40) return tomorrow.getUTCDate() === 1;
      return date.getUTCDate() === frequencyInterval;
    case 'yearly':
      return date.getUTCDate() === 1 && date.getUTCMonth() + 1 === frequencyInterval;
    default:
      return false;
  }
}
