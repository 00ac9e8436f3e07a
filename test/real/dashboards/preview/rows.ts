import { z } from 'zod';
import type { Panel } from '../../../dashboards/model.ts';
import type { Answer } from '../answers.ts';
import { escaped } from './html.ts';
import { lookOf, shown } from './shown.ts';

const organised = z.object({
  excludeByName: z.record(z.string(), z.boolean()),
  indexByName: z.record(z.string(), z.number()),
  renameByName: z.record(z.string(), z.string()),
});

type Row = ReadonlyMap<string, string | number>;

/** The answers as Grafana's transformations `merge` and `organize` make rows of them. */
export function rowsOf(panel: Panel, answers: readonly Answer[]) {
  const rows = new Map<string, Map<string, string | number>>();
  for (const { target, series } of answers) {
    for (const { labels, points } of series) {
      const key = JSON.stringify(Object.entries(labels).toSorted());
      const row = rows.get(key) ?? new Map<string, string | number>(Object.entries(labels));
      const field = answers.length === 1 ? 'Value' : `Value #${target.refId}`;
      row.set(field, points.at(-1)?.[1] ?? Number.NaN);
      rows.set(key, row);
    }
  }
  const options = panel.transformations?.find(({ id }) => id === 'organize')?.options;
  const { excludeByName, indexByName, renameByName } = organised.parse(options);
  const fields = new Set([...rows.values()].flatMap((row) => [...row.keys()]));
  const left = [...fields].filter((field) => excludeByName[field] !== true);
  const columns = left
    .filter((field) => !lookOf(panel, field).hidden)
    .toSorted((one, other) => (indexByName[one] ?? 99) - (indexByName[other] ?? 99))
    .map((field) => ({ field, title: renameByName[field] ?? field }));
  return { fields: left, columns, rows: sorted(panel, columns, merged([...rows.values()])) };
}

/** `merge` joins rows that agree in all the fields that both have. */
function merged(rows: readonly Row[]): readonly Row[] {
  const whole: Map<string, string | number>[] = [];
  for (const row of rows) {
    const texts = [...row].filter(([, value]) => typeof value === 'string');
    const agrees = (other: Row) =>
      texts.some(([field]) => other.has(field)) &&
      [...row].every(([field, value]) => !other.has(field) || other.get(field) === value);
    const partner = whole.find(agrees);
    if (partner === undefined) whole.push(new Map(row));
    else for (const [field, value] of row) partner.set(field, value);
  }
  return whole;
}

const sorting = z.object({
  sortBy: z.array(z.object({ displayName: z.string(), desc: z.boolean().optional() })).optional(),
});

function sorted(
  panel: Panel,
  columns: readonly { readonly field: string; readonly title: string }[],
  rows: readonly Row[],
): readonly Row[] {
  const { sortBy = [] } = sorting.safeParse(panel['options']).data ?? {};
  return rows.toSorted((one, other) => {
    for (const { displayName, desc = false } of sortBy) {
      const field = columns.find(({ title }) => title === displayName)?.field ?? '';
      const [a, b] = [one.get(field) ?? 1e12, other.get(field) ?? 1e12];
      if (a !== b) return a < b === desc ? 1 : -1;
    }
    return 0;
  });
}

export function drawnTable(panel: Panel, answers: readonly Answer[], now: number): string {
  const { columns, rows } = rowsOf(panel, answers);
  const head = columns.map(({ title }) => `<th>${escaped(title)}</th>`).join('');
  const body = rows.map((row) => {
    const cells = columns.map(({ field, title }) => {
      const value = row.get(field);
      if (value === undefined) return '<td></td>';
      if (typeof value === 'string') return `<td>${escaped(value)}</td>`;
      const look = lookOf(panel, title);
      const { text, color } = shown(look, value, now);
      const style =
        look.cell === 'color-background'
          ? ` style="background:${color};color:#fff"`
          : look.cell === 'color-text'
            ? ` style="color:${color}"`
            : '';
      return `<td${style}>${escaped(text)}</td>`;
    });
    return `<tr>${cells.join('')}</tr>`;
  });
  return `<table><thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table>`;
}
