import type { UnixSeconds } from '../domain/time.ts';
import { type Labels, labelPairs, type MetricType } from './encoding.ts';

/** What all series of this program begin with. */
export const prefix = 'mongodbatlas_backup_';

export type Stability = 'stable' | 'beta' | 'deprecated';

/** The values a label can have; `open`: an open set, on `_info` series only. */
export type LabelValues = readonly string[] | 'open';

/** What one series of a subject has beyond the labels of the subject. */
export type OwnLabels = {
  readonly labels: Labels;
  /** The same as text. */
  readonly pairs: string;
};

export type TakeSample = (own: OwnLabels, value: number) => void;

/** One series of a subject: its own labels, and its value. */
export type Sample = OwnLabels & { readonly value: number };

/** What the reference page says of any family. */
export type FamilyFacts = {
  /** With prefix. */
  readonly name: string;
  readonly help: string;
  readonly type: MetricType;
  readonly collector: string;
  readonly stability: Stability;
  /** Labels beyond those that identify the subject. */
  readonly labels: Readonly<Record<string, LabelValues>>;
  /** The configuration key that turns it on. Undefined: on whenever its collector is. */
  readonly optIn: OptIn | undefined;
};

/** Keys of the configuration for what only some need. */
export const optIns = ['metrics.policy_details'] as const;
export type OptIn = (typeof optIns)[number];

/** A family whose samples are known when a poll ends. */
export type FixedFamily<Row> = FamilyFacts & {
  readonly kind: 'fixed';
  /** Hands over what it writes about a row, sample by sample, so that millions need no objects. */
  readonly each: (row: Row, take: TakeSample) => void;
};

/** A family of ages: `sign` × (time of the scrape − this timestamp). */
export type RelativeFamily<Row> = FamilyFacts & {
  readonly kind: 'relative';
  readonly sign: 1 | -1;
  readonly timestamp: (row: Row) => UnixSeconds | undefined;
};

export type Family<Row> = (FixedFamily<Row> | RelativeFamily<Row>) & {
  /** The most series that a row can have of it. */
  readonly maxSeries: number;
};

/** All that a family writes about a row, for those who look at a few. */
export function samplesOf<Row>(family: FixedFamily<Row>, row: Row): readonly Sample[] {
  const samples: Sample[] = [];
  family.each(row, (own, value) => samples.push({ ...own, value }));
  return samples;
}

/** What a family writes about one subject. `undefined` means no series: a 0 is never made up. */
type Value = number | boolean | undefined;

const noLabels: OwnLabels = { labels: {}, pairs: '' };

function written(labels: Labels): OwnLabels {
  return { labels, pairs: labelPairs(labels) };
}

function give(take: TakeSample, own: OwnLabels, value: Value): void {
  if (value === undefined) return;
  const number = Number(value);
  if (Number.isFinite(number)) take(own, number);
}

/** The ways to declare a family about one kind of subject. */
export function familiesOf<Row>(collector: string, begins = prefix, optIn?: OptIn) {
  const facts = (name: string, help: string, type: MetricType = 'gauge'): FamilyFacts => ({
    name: begins + name,
    help,
    type,
    collector,
    stability: 'stable',
    labels: {},
    optIn,
  });
  const single =
    (type: MetricType) =>
    (name: string, help: string, value: (row: Row) => Value): Family<Row> =>
      fixed(facts(name, help, type), (row, take) => give(take, noLabels, value(row)));
  const relative =
    (sign: 1 | -1) =>
    (
      name: string,
      help: string,
      timestamp: (row: Row) => UnixSeconds | undefined,
    ): Family<Row> => ({
      ...facts(name, help),
      kind: 'relative',
      maxSeries: 1,
      sign,
      timestamp,
    });

  return {
    gauge: single('gauge'),
    counter: single('counter'),
    /** Seconds since a moment, at the time of the scrape. */
    since: relative(1),
    /** Seconds until a moment, at the time of the scrape; negative once it has passed. */
    until: relative(-1),
    /** One series for each value of one label. */
    by: <L extends string>(
      name: string,
      help: string,
      [label, values]: readonly [string, readonly L[]],
      value: (row: Row, of: L) => Value,
    ): Family<Row> => labelled(facts(name, help), label, values, value),
    /** Constant 1, with what is known as labels. */
    info: <L extends string>(
      name: string,
      help: string,
      labels: Readonly<Record<L, LabelValues>>,
      values: (row: Row) => Readonly<Record<L, string>> | undefined,
    ): Family<Row> =>
      fixed({ ...facts(name, help), labels }, (row, take) => {
        const known = values(row);
        if (known !== undefined) take(written(known), 1);
      }),
  };
}

function fixed<Row>(
  facts: FamilyFacts,
  each: FixedFamily<Row>['each'],
  maxSeries = 1,
): Family<Row> {
  return { ...facts, kind: 'fixed', maxSeries, each };
}

function labelled<Row, L extends string>(
  facts: FamilyFacts,
  label: string,
  values: readonly L[],
  value: (row: Row, of: L) => Value,
): Family<Row> {
  // Written out once, not once for each row.
  const owns = values.map((of) => ({ of, own: written({ [label]: of }) }));
  const each: FixedFamily<Row>['each'] = (row, take) => {
    for (const { of, own } of owns) give(take, own, value(row, of));
  };
  return fixed({ ...facts, labels: { [label]: values } }, each, owns.length);
}
