import { DataqueryBuilder, PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus';

/** The data source that the variable of this name holds. */
export const datasource = { type: 'prometheus', uid: '${datasource}' } as const;

export type Query = {
  readonly expr: string;
  /** What a series is called; labels stand in double braces. */
  readonly legend?: string;
};

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

function target({ expr, legend }: Query, index: number): DataqueryBuilder {
  const built = new DataqueryBuilder()
    .datasource(datasource)
    .refId(letters.charAt(index))
    .expr(expr);
  return legend === undefined ? built : built.legendFormat(legend);
}

/** As of the end of the time range. */
export function nowTargets(queries: readonly Query[]): DataqueryBuilder[] {
  return queries.map((query, index) => target(query, index).instant());
}

export function rangeTargets(queries: readonly Query[]): DataqueryBuilder[] {
  return queries.map((query, index) => target(query, index).range());
}

export function rowTargets(expressions: readonly string[]): DataqueryBuilder[] {
  return expressions.map((expr, index) =>
    target({ expr }, index).instant().format(PromQueryFormat.Table),
  );
}

/** The name of the field with the values of the query at this index, when there are several. */
export function valueField(index: number): string {
  return `Value #${letters.charAt(index)}`;
}
