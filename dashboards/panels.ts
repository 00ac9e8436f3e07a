import {
  BigValueColorMode,
  BigValueGraphMode,
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
  LegendDisplayMode,
  LegendPlacement,
  ReduceDataOptionsBuilder,
  SortOrder,
  StackingConfigBuilder,
  StackingMode,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import {
  type DynamicConfigValue,
  FieldColorBuilder,
  FieldColorModeId,
  type ValueMap,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder as StatBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as TimelineBuilder } from '@grafana/grafana-foundation-sdk/statetimeline';
import { PanelBuilder as SeriesBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import { palette } from './palette.ts';
import { datasource, nowTargets, type Query, rangeTargets } from './queries.ts';
import { always, type Steps } from './thresholds.ts';

type Facts = {
  readonly title: string;
  readonly description: string;
  /** Of 24 columns. */
  readonly width: number;
  readonly height?: number;
  readonly unit: string;
};

type StatFacts = Facts & {
  readonly expr: string;
  readonly steps?: Steps;
  readonly words?: ValueMap;
  readonly decimals?: number;
  /** Shown when there is no sample. */
  readonly otherwise?: string;
};

/** One number, as of the end of the time range. */
export function stat(facts: StatFacts): StatBuilder {
  const { title, description, width, height = 3, unit, expr, decimals } = facts;
  const panel = new StatBuilder()
    .title(title)
    .description(description)
    .datasource(datasource)
    .span(width)
    .height(height)
    .targets(nowTargets([{ expr }]))
    .unit(unit)
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.Thresholds))
    .colorMode(BigValueColorMode.Value)
    .graphMode(BigValueGraphMode.None)
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']).fields('').values(false))
    .noValue(facts.otherwise ?? 'no data')
    .thresholds((facts.steps ?? always('plain')).builder());
  if (facts.words !== undefined) panel.mappings([facts.words]);
  return decimals === undefined ? panel : panel.decimals(decimals);
}

type SeriesFacts = Facts & {
  readonly queries: readonly Query[];
  readonly stacked?: boolean;
  readonly steps?: Steps;
  /** What is true of the series of these names. */
  readonly styles?: Readonly<Record<string, readonly DynamicConfigValue[]>>;
  readonly fromZero?: boolean;
  readonly maxPoints?: number;
};

/** Lines over time. */
export function series(facts: SeriesFacts): SeriesBuilder {
  const { title, description, width, height = 8, unit, queries, stacked = false } = facts;
  const panel = new SeriesBuilder()
    .title(title)
    .description(description)
    .datasource(datasource)
    .span(width)
    .height(height)
    .targets(rangeTargets(queries))
    .unit(unit)
    .interval('1m')
    .lineWidth(stacked ? 1 : 2)
    .fillOpacity(stacked ? 30 : 0)
    .showPoints(VisibilityMode.Never)
    .stacking(new StackingConfigBuilder().mode(stacked ? StackingMode.Normal : StackingMode.None))
    .legend(
      new VizLegendOptionsBuilder()
        .displayMode(LegendDisplayMode.List)
        .placement(LegendPlacement.Bottom)
        .showLegend(true)
        .calcs([]),
    )
    .tooltip(
      new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending),
    );
  if (facts.fromZero ?? true) panel.min(0);
  if (facts.maxPoints !== undefined) panel.maxDataPoints(facts.maxPoints);
  if (facts.steps !== undefined) {
    panel
      .thresholds(facts.steps.builder())
      .thresholdsStyle(
        new GraphThresholdsStyleConfigBuilder().mode(GraphThresholdsStyleMode.Dashed),
      );
  }
  for (const [name, properties] of Object.entries(facts.styles ?? {})) {
    panel.overrideByName(name, [...properties]);
  }
  return panel;
}

export function coloured(meaning: keyof typeof palette): DynamicConfigValue {
  return { id: 'color', value: { mode: FieldColorModeId.Fixed, fixedColor: palette[meaning] } };
}

export const dashed: DynamicConfigValue = {
  id: 'custom.lineStyle',
  value: { fill: 'dash', dash: [8, 6] },
};

type TimelineFacts = Facts & {
  readonly queries: readonly Query[];
  readonly words?: readonly ValueMap[];
  readonly steps?: Steps;
  readonly showValue?: boolean;
};

/** What was so for how long. */
export function timeline(facts: TimelineFacts): TimelineBuilder {
  const { title, description, width, height = 5, unit, queries, words, steps } = facts;
  const panel = new TimelineBuilder()
    .title(title)
    .description(description)
    .datasource(datasource)
    .span(width)
    .height(height)
    .targets(rangeTargets(queries))
    .unit(unit)
    .interval('1m')
    .mergeValues(true)
    .showValue((facts.showValue ?? false) ? VisibilityMode.Auto : VisibilityMode.Never)
    .rowHeight(0.8)
    .lineWidth(1)
    .fillOpacity(80)
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.Thresholds))
    .thresholds((steps ?? always('none')).builder())
    .legend(
      new VizLegendOptionsBuilder()
        .displayMode(LegendDisplayMode.List)
        .placement(LegendPlacement.Bottom)
        .showLegend(words !== undefined)
        .calcs([]),
    );
  return words === undefined ? panel : panel.mappings([...words]);
}
