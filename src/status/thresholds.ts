import type { Alert, Duration } from '../alerting/alert.ts';
import { groups } from '../alerting/table.ts';

const alerts = new Map(groups.flatMap((group) => group.alerts.map((one) => [one.name, one])));

/** A shipped alert by its name. Throws when none is called so: a rename must not go unseen. */
export function shippedAlert(name: string): Alert {
  const found = alerts.get(name as Alert['name']);
  if (found === undefined) throw new Error(`no alert is called ${name}`);
  return found;
}

const units = { s: 1, m: 60, h: 3600, d: 86_400 } as const;

/** The shipped value of a threshold: windows in seconds. Throws when the alert has no such one. */
export function threshold({ name, parameters }: Alert, parameter: string): number {
  const found = parameters[parameter];
  if (found === undefined) throw new Error(`${name} has no parameter ${parameter}`);
  if (found.unit !== 'window') return found.default;
  return secondsOf(found.default);
}

/** The length of a window, or of the `for` of an alert. */
export function secondsOf(duration: Duration): number {
  return Number.parseInt(duration, 10) * units[duration.slice(-1) as keyof typeof units];
}
