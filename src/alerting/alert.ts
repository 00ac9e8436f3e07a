export type Severity = 'critical' | 'warning' | 'info';

export type Duration = `${number}${'s' | 'm' | 'h' | 'd'}`;

/** A threshold somebody may want to change. A window is the range of a PromQL selector. */
export type Parameter =
  | { readonly unit: 'seconds' | 'ratio' | 'count'; readonly default: number }
  | { readonly unit: 'window'; readonly default: Duration };

/** The text of a parameter, as PromQL takes it. */
type ParameterText<Name extends string> = (parameter: Name) => string;

type Definition<Name extends string> = {
  readonly name: `AtlasBackup${string}`;
  readonly severity: Severity;
  /** Ends the sentence "fires when …"; parameters stand in backquotes. */
  readonly firesWhen: string;
  /** Templates of Prometheus, as the description. */
  readonly summary: string;
  /** Which cluster, since when, against which objective, and what it means. */
  readonly description: string | ((given: ParameterText<Name>) => string);
  readonly parameters: Readonly<Record<Name, Parameter>>;
  readonly for: Duration;
  readonly keepFiringFor: Duration;
  /** `job`: the value of that label on what Prometheus scrapes from the exporter. */
  readonly expression: (given: ParameterText<Name>, job: string) => string;
};

export type Alert = Definition<string>;

/** The description with these values of the parameters. */
export function described({ description }: Alert, given: ParameterText<string>): string {
  return typeof description === 'string' ? description : description(given);
}

/** An entry of the table; its expression can name no parameter that it does not have. */
export function alert<Name extends string = never>(definition: Definition<Name>): Alert {
  return definition;
}

/** A series that Prometheus works out and keeps. */
export type Recording = {
  readonly name: `mongodbatlas_backup:${string}`;
  readonly about: string;
  readonly expression: string;
};

/** Rules that are evaluated together, in this order, and stand in one file. */
export type Group = {
  readonly name: string;
  readonly title: string;
  readonly recordings: readonly Recording[];
  readonly alerts: readonly Alert[];
};

export const hour = 3600;
export const day = 24 * hour;

export function seconds(value: number): Parameter {
  return { unit: 'seconds', default: value };
}

export function ratio(value: number): Parameter {
  return { unit: 'ratio', default: value };
}

export function count(value: number): Parameter {
  return { unit: 'count', default: value };
}

export function window(value: Duration): Parameter {
  return { unit: 'window', default: value };
}
