import { inputSeries, type Scraping, type SeriesTable, type Unit } from '../promtool.ts';

export type Story = {
  readonly what: string;
  readonly series: SeriesTable;
  readonly scraping?: Scraping;
  /** Rules are evaluated every five minutes, but where that would show less. */
  readonly evaluationMinutes?: 1;
} & (
  | {
      /** By minute every alert that fires, with its cluster. */
      readonly moments: Readonly<Record<number, readonly string[]>>;
    }
  | { readonly nothingUntil: number }
);

export function storyUnit(story: Story): Unit {
  const { what, series, scraping } = story;
  return {
    name: what,
    interval: '1m',
    input_series: inputSeries(series, scraping ?? 'every scrape works'),
    promql_expr_test:
      'nothingUntil' in story
        ? [nothingEver(story.nothingUntil)]
        : Object.entries(story.moments).map(([minute, firing]) => ({
            expr: 'count by (alertname, cluster) (ALERTS{alertstate="firing"})',
            eval_time: `${minute}m`,
            exp_samples: firing.map((text) => ({ labels: firingLabels(text), value: 1 })),
          })),
    alert_rule_test: [],
  };
}

function nothingEver(minutes: number): Unit['promql_expr_test'][number] {
  return {
    expr: `count_over_time(ALERTS{alertstate="firing"}[${minutes + 1}m])`,
    eval_time: `${minutes}m`,
    exp_samples: [],
  };
}

function firingLabels(text: string): string {
  const [alert, cluster] = text.split(' ');
  const ofCluster = cluster === undefined ? '' : `,cluster="${cluster}"`;
  return `{alertname="${alert}"${ofCluster}}`;
}
