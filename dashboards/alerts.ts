import type { Alert } from '../src/alerting/alert.ts';
import { usualSetting } from '../src/alerting/setting.ts';
import { groups } from '../src/alerting/table.ts';

/** @throws Error when the table has no such alert */
export function alertCalled(name: string): Alert {
  const found = groups.flatMap(({ alerts }) => alerts).find((alert) => alert.name === name);
  if (found === undefined) throw new Error(`no alert is called ${name}`);
  return found;
}

/** The default of a parameter of an alert, as PromQL takes it. @throws Error when it has none */
export function thresholdOf(name: string, parameter: string): string {
  const found = alertCalled(name).parameters[parameter];
  if (found === undefined) throw new Error(`${name} has no parameter ${parameter}`);
  return String(found.default);
}

/** What an alert asks, by its defaults, without the time for which it has to hold. */
export function conditionOf(name: string): string {
  return alertCalled(name).expression(
    (parameter) => thresholdOf(name, parameter),
    usualSetting.job,
  );
}
