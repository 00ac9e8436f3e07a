export type Duration = `${number}${'s' | 'm' | 'h' | 'd'}`;

type Quantity<Unit> = { readonly unit: Unit; readonly default: number };

/** A threshold somebody may want to change. A window is the range of a PromQL selector. */
export type Parameter =
  | Quantity<'seconds' | 'ratio' | 'count'>
  | { readonly unit: 'window'; readonly default: Duration };

export type Parameters = Readonly<Record<string, Parameter>>;

/** Something for each of these parameters. */
export type Values<P extends Parameters, V> = { readonly [Name in keyof P]: V };

export const hour = 3600;
export const day = 24 * hour;

export function seconds(value: number): Quantity<'seconds'> {
  return { unit: 'seconds', default: value };
}

export function ratio(value: number): Quantity<'ratio'> {
  return { unit: 'ratio', default: value };
}

export function count(value: number): Quantity<'count'> {
  return { unit: 'count', default: value };
}

export function window(value: Duration): Parameter {
  return { unit: 'window', default: value };
}

/** Each by its name. */
export function mapped<V>(
  parameters: Parameters,
  value: (parameter: Parameter, name: string) => V,
): Values<Parameters, V> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, parameter]) => [name, value(parameter, name)]),
  );
}

/** The defaults as PromQL takes them. */
export function promqlDefaults(parameters: Parameters): Values<Parameters, string> {
  return mapped(parameters, (parameter) => String(parameter.default));
}

/** The defaults as numbers, windows in seconds. */
export function numericDefaults(parameters: Parameters): Values<Parameters, number> {
  return mapped(parameters, (parameter) =>
    parameter.unit === 'window' ? secondsOf(parameter.default) : parameter.default,
  );
}

const units: Readonly<Record<string, number>> = { s: 1, m: 60, h: hour, d: day };

/** The length of a window, or of the `for` of an alert. */
export function secondsOf(duration: Duration): number {
  return Number.parseInt(duration, 10) * (units[duration.slice(-1)] ?? Number.NaN);
}
