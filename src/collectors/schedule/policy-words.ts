import type { PolicyItem } from '../../domain/schedule.ts';

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const months = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
];
const lastOfMonth = 40;

/** A policy item as people say it: `every 6 hours, kept 7 days`. */
export function itemWords(item: PolicyItem): string {
  return `${often(item)}, ${kept(item)}`;
}

function often({ frequency, interval }: PolicyItem): string {
  switch (frequency) {
    case 'hourly':
      return interval === 1 ? 'every hour' : `every ${interval} hours`;
    case 'daily':
      return 'every day';
    case 'weekly':
      return `every ${weekdays[interval - 1] ?? `weekday ${interval}`}`;
    case 'monthly':
      return interval === lastOfMonth
        ? 'on the last day of every month'
        : `on day ${interval} of every month`;
    case 'yearly':
      return `every year in ${months[interval - 1] ?? `month ${interval}`}`;
    case 'on_demand':
      return 'on demand';
    case 'other':
      return 'at an unknown frequency';
  }
}

function kept({ retentionUnit, retentionValue }: PolicyItem): string {
  if (retentionUnit === 'other') return 'kept for an unknown time';
  const unit = retentionValue === 1 ? retentionUnit.slice(0, -1) : retentionUnit;
  return `kept ${retentionValue} ${unit}`;
}

/** One item, or several as a list: `the policy item "every day, kept 7 days" (id …)`. */
export function itemsNamed(items: readonly PolicyItem[]): string {
  const named = items.map((item) => `“${itemWords(item)}” (id ${item.id})`);
  const last = named.at(-1) ?? '';
  if (named.length < 2) return `the policy item ${last}`;
  return `the policy items ${named.slice(0, -1).join(', ')} and ${last}`;
}
