import { parse } from 'yaml';
import { shortened } from '../stories/accelerated-rules.ts';

const durations: readonly string[] = [
  ...['for', 'keep_firing_for', 'interval'],
  ...['scrape_interval', 'evaluation_interval'],
  ...['group_wait', 'group_interval', 'repeat_interval'],
];

/** The same with every duration for which something waits divided; expressions stay as they are. */
export function hurried(value: unknown, factor: number): unknown {
  if (Array.isArray(value)) return value.map((one) => hurried(one, factor));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]: [string, unknown]) => [
      key,
      durations.includes(key) ? shortened(String(one), factor) : hurried(one, factor),
    ]),
  );
}

/** A rule file as JSON, which is YAML. */
export function hurriedRules(yaml: string, factor: number): string {
  return JSON.stringify(hurried(parse(yaml), factor));
}
