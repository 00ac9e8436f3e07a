import type { UnixSeconds } from '../../../domain/time.ts';
import { capitalised, type Html, html, joined } from '../../../html/html.ts';
import { section } from '../../../html/section.ts';
import { table } from '../../../html/table.ts';
import { bytes, count, exact, lasting, yesOrNo } from '../../../html/values.ts';
import { prefix } from '../../../metrics/family.ts';
import type { ClusterMetric, Series, Unit } from '../../cluster-metrics.ts';

/** Every series that /metrics has of the cluster. */
export function metricSection(
  metrics: readonly ClusterMetric[],
  selector: string,
  address: string,
  now: UnixSeconds,
): Html {
  const families = table<ClusterMetric>(
    [
      { heading: 'Metric', cell: ({ name }) => html`${titleOf(name)}` },
      { heading: 'Value', cell: ({ series, unit }) => values(series, unit, now) },
      {
        heading: 'Meaning',
        cell: ({ name, help }) => html`<code>${name}</code><br><small>${help}</small>`,
      },
    ],
    metrics,
    ({ name }) => html` data-series="${name}"`,
  );
  return section(
    'metrics',
    'All metrics',
    html`<p>The series of <a href="${address}">/metrics</a> with <code>${selector}</code>, from the same poll.</p>
<details><summary>All ${metrics.length} families</summary>
${families}</details>`,
  );
}

/** `snapshot_last_completed_age_seconds`: "Snapshot last completed age". */
function titleOf(name: string): string {
  const words = name
    .slice(prefix.length)
    .replace(/(_timestamp)?_seconds$|_bytes$|_total$/, '')
    .replaceAll('_', ' ');
  return capitalised(words);
}

function values(series: readonly Series[], unit: Unit, now: UnixSeconds): Html {
  if (series.length === 0) return html`–`;
  return html`${series.map((one) => html`<div>${value(one, unit, now)}</div>`)}`;
}

function value({ labels, value: number }: Series, unit: Unit, now: UnixSeconds): Html {
  const named = Object.entries(labels).filter(([, text]) => text !== '');
  if (unit === 'info') {
    return joined(named.map(([label, text]) => html`${label.replaceAll('_', ' ')}: ${text}`));
  }
  const of = named.length > 0 && html`${joined(named.map(([, text]) => html`${text}`))}: `;
  return html`${of}${written(number, unit, now)}`;
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
