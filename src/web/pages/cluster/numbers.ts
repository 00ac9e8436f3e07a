import type { UnixSeconds } from '../../../domain/time.ts';
import { type Html, html } from '../../../html/html.ts';
import { bytes, count, exact, lasting, yesOrNo } from '../../../html/values.ts';
import type { ClusterNumber, SeriesValue, Unit } from '../../numbers.ts';

/** Every series that /metrics has of the cluster, under its name there. */
export function numberSection(
  numbers: readonly ClusterNumber[],
  selector: string,
  address: string,
  now: UnixSeconds,
): Html {
  return html`<section aria-labelledby="numbers">
<h2 id="numbers">All metrics</h2>
<p>The series of <a href="${address}">/metrics</a> with <code>${selector}</code>, from the same poll.</p>
<details><summary>All ${numbers.length} families</summary>
<table class="stack numbers">
<thead><tr><th scope="col">Metric</th><th scope="col">Value</th><th scope="col">Meaning</th></tr></thead>
<tbody>
${numbers.map((one) => numberRow(one, now))}</tbody>
</table>
</details>
</section>`;
}

function numberRow({ name, title, unit, help, series }: ClusterNumber, now: UnixSeconds): Html {
  const values = series.map((one) => html`<div>${seriesText(one, unit, now)}</div>`);
  return html`<tr data-series="${name}">
<th scope="row">${title}</th>
<td data-label="Value"><div>${series.length === 0 ? html`–` : values}</div></td>
<td data-label="Meaning"><div><code>${name}</code><br><small>${help}</small></div></td>
</tr>
`;
}

function seriesText({ labels, value }: SeriesValue, unit: Unit, now: UnixSeconds): Html {
  const named = Object.entries(labels)
    .filter(([, text]) => text !== '')
    .map(
      ([label, text], index) =>
        html`${index === 0 ? '' : ', '}${unit === 'info' ? `${label.replaceAll('_', ' ')}: ` : ''}${text}`,
    );
  if (unit === 'info') return html`${named}`;
  return html`${named}${named.length === 0 ? '' : ': '}${written(value, unit, now)}`;
}

function written(value: number, unit: Exclude<Unit, 'info'>, now: UnixSeconds): Html {
  switch (unit) {
    case 'moment':
      return exact(value, now);
    case 'seconds':
      return lasting(value);
    case 'bytes':
      return bytes(value);
    case 'ratio':
      return html`<data value="${value}">${value.toFixed(3)}</data>`;
    case 'flag':
      return html`<data value="${value}">${yesOrNo(value === 1)}</data>`;
    case 'count':
      return count(value);
  }
}
