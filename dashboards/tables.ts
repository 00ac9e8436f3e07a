import {
  TableCellHeight,
  TableSortByFieldStateBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import type { DynamicConfigValue } from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder as TableBuilder } from '@grafana/grafana-foundation-sdk/table';
import { datasource, rowTargets, valueField } from './queries.ts';
import { always } from './thresholds.ts';

/** A label of the answers, or what a query of its own answers. */
export type Column = {
  readonly title: string;
  readonly from: { readonly label: string } | { readonly expr: string };
  readonly unit?: string;
  readonly width?: number;
  readonly more?: readonly DynamicConfigValue[];
};

type TableFacts = {
  readonly title: string;
  readonly description: string;
  readonly width: number;
  readonly height: number;
  readonly columns: readonly Column[];
  /** Those whose labels are columns, and whose values are none. */
  readonly queries?: readonly string[];
  /** Titles of columns. */
  readonly sortedBy?: readonly { readonly column: string; readonly descending: boolean }[];
  /** Fields of the answers that are in no column. */
  readonly without?: readonly string[];
  /** Fields that are not shown, but there for links to read. */
  readonly hidden?: readonly string[];
  readonly otherwise?: string;
};

/** One row for each set of labels, as of the end of the time range. */
export function table(facts: TableFacts): TableBuilder {
  const { columns, without = [], hidden = [] } = facts;
  const expressions = [
    ...columns.flatMap(({ from }) => ('expr' in from ? [from.expr] : [])),
    ...(facts.queries ?? []),
  ];
  const fields = columns.map(({ from }) => {
    if ('label' in from) return from.label;
    // A single query has the only field of values to itself.
    return expressions.length === 1 ? 'Value' : valueField(expressions.indexOf(from.expr));
  });
  const byField = (entries: readonly (readonly [string, unknown])[]) => Object.fromEntries(entries);
  const panel = new TableBuilder()
    .title(facts.title)
    .description(facts.description)
    .datasource(datasource)
    .span(facts.width)
    .height(facts.height)
    .targets(rowTargets(expressions))
    .unit('none')
    .noValue(facts.otherwise ?? '')
    .thresholds(always('none').builder())
    .cellHeight(TableCellHeight.Sm)
    .filterable(true)
    .withTransformation({ id: 'merge', options: {} })
    .withTransformation({
      id: 'organize',
      options: {
        excludeByName: byField(['Time', ...without].map((name) => [name, true])),
        indexByName: byField(fields.map((field, index) => [field, index])),
        renameByName: byField(columns.map(({ title }, index) => [fields[index] ?? '', title])),
      },
    })
    .sortBy(
      (facts.sortedBy ?? []).map(({ column, descending }) =>
        new TableSortByFieldStateBuilder().displayName(column).desc(descending),
      ),
    );
  for (const field of hidden) panel.overrideByName(field, [{ id: 'custom.hidden', value: true }]);
  for (const { title, unit, width, more = [] } of columns) {
    panel.overrideByName(title, [
      ...(unit === undefined ? [] : [{ id: 'unit', value: unit }]),
      ...(width === undefined ? [] : [{ id: 'custom.width', value: width }]),
      ...more,
    ]);
  }
  return panel;
}
