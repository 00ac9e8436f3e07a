import { type Html, html } from './html.ts';

export type Column<Row> = {
  readonly heading: string;
  readonly cell: (row: Row) => Html;
  /** Aligned to the right. */
  readonly number?: true;
};

/** The first column names the row. On a narrow screen each row becomes a block. */
export function table<Row>(
  [first, ...others]: readonly [Column<Row>, ...(readonly Column<Row>[])],
  rows: readonly Row[],
  attributes: (row: Row) => Html | undefined = () => undefined,
): Html {
  const aligned = ({ number }: Column<Row>) => (number ? html` class="number"` : undefined);
  const heads = [first, ...others].map(
    (column) => html`<th scope="col"${aligned(column)}>${column.heading}</th>`,
  );
  const cells = (row: Row) =>
    others.map((column) => labelled(column.heading, column.cell(row), aligned(column)));
  const lines = rows.map(
    (row) => html`<tr${attributes(row)}>
<th scope="row">${first.cell(row)}</th>
${cells(row)}</tr>
`,
  );
  return html`<table class="stack">
<thead><tr>${heads}</tr></thead>
<tbody>
${lines}</tbody>
</table>
`;
}

/** A cell that has its heading beside it where the table is narrow. */
export function labelled(heading: string, content: Html, attributes?: Html): Html {
  return html`<td data-label="${heading}"${attributes}><div>${content}</div></td>
`;
}
