import type { Severity } from '../../../src/alerting/alert.ts';
import { usualSetting } from '../../../src/alerting/setting.ts';
import {
  inputSeries,
  orders,
  type Scraping,
  type SeriesTable,
  target,
  type Unit,
} from './promtool.ts';

type Described = {
  readonly when: string;
  readonly series: SeriesTable;
  /** Rules are evaluated once a minute, but where that would take too long. */
  readonly evaluationMinutes?: 5;
};

/** Times are minutes. */
export type Firing = Described & {
  /** By default the worst that the alert can have. */
  readonly severity?: Severity;
  /** The first minute at which it fires. */
  readonly fires: number;
  /** The first minute at which it does so no more. */
  readonly clears: number;
  /** Prometheus 3 takes the left end of a range out, so that some rules move by a minute. */
  readonly sooner?: { readonly fires?: 1; readonly clears?: 1 };
  /** Without any one of these series it never fires. */
  readonly needs: readonly string[];
  /** By default those of the target and of the cluster. */
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: { readonly summary: string; readonly description: string };
};

export type Quiet = Described & {
  /** Not once in so many minutes. */
  readonly quietFor: number;
};

export type Case = Firing | Quiet;

export function isFiring(one: Case): one is Firing {
  return 'fires' in one;
}

const scrapings: readonly Scraping[] = [
  'every scrape works',
  'every fourth scrape fails',
  'by two replicas',
];

/** What already names the second replica is not doubled. */
function scrapingsOf({ series }: Case): readonly Scraping[] {
  const ofSecond = Object.keys(series).some((key) => key.endsWith(' @b'));
  return scrapings.filter((scraping) => !ofSecond || scraping !== 'by two replicas');
}

/** The tests of one alert for promtool. */
export function unitsOf(
  alert: string,
  [worst]: readonly Severity[],
  cases: readonly Case[],
): readonly Unit[] {
  return cases.flatMap((one) =>
    isFiring(one)
      ? [
          ...scrapingsOf(one).map((scraping) => firingUnit(alert, worst, one, scraping)),
          ...one.needs.map((series) =>
            quietUnit(
              alert,
              `${one.when}, without ${series}`,
              without(one.series, series),
              one.clears + 60,
            ),
          ),
        ]
      : [quietUnit(alert, one.when, one.series, one.quietFor)],
  );
}

function without(table: SeriesTable, dropped: string): SeriesTable {
  const kept = Object.entries(table).filter(([key]) => /^\w+/.exec(key)?.[0] !== dropped);
  if (kept.length === Object.keys(table).length) throw new Error(`there is no ${dropped} to drop`);
  return Object.fromEntries(kept);
}

function firingUnit(
  alert: string,
  worst: Severity | undefined,
  one: Firing,
  scraping: Scraping,
): Unit {
  const severity = one.severity ?? worst ?? 'none';
  const { fires, clears, sooner, annotations } = one;
  const moments = [
    [fires - 1 - (sooner?.fires ?? 0), 0],
    [fires, 1],
    [clears - 1 - (sooner?.clears ?? 0), 1],
    [clears, 0],
  ] as const;
  const labels = { ...(one.labels ?? { ...target, ...orders }), severity };
  return {
    name: `${alert}: ${one.when}; ${scraping}`,
    interval: '1m',
    input_series: inputSeries(one.series, scraping),
    promql_expr_test: moments
      .filter(([minute]) => minute >= 0)
      .map(([minute, value]) => ({
        expr: `count(ALERTS{alertname="${alert}",alertstate="firing",severity="${severity}"})`,
        eval_time: `${minute}m`,
        exp_samples: value === 0 ? [] : [{ labels: '{}', value }],
      })),
    alert_rule_test:
      annotations === undefined
        ? []
        : [
            {
              alertname: alert,
              eval_time: `${fires}m`,
              exp_alerts: [
                {
                  exp_labels: labels,
                  exp_annotations: {
                    ...annotations,
                    runbook_url: `${usualSetting.runbooks}${alert}.md`,
                  },
                },
              ],
            },
          ],
  };
}

function quietUnit(alert: string, when: string, series: SeriesTable, minutes: number): Unit {
  return {
    name: `${alert}: quiet when ${when}`,
    interval: '1m',
    input_series: inputSeries(series, 'every scrape works'),
    promql_expr_test: [
      {
        expr: `count_over_time(ALERTS{alertname="${alert}",alertstate="firing"}[${minutes + 1}m])`,
        eval_time: `${minutes}m`,
        exp_samples: [],
      },
    ],
    alert_rule_test: [],
  };
}
