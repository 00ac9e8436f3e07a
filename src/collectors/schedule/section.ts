import type { ClusterRow } from '../../domain/cluster-view.ts';
import type { UnixSeconds } from '../../domain/time.ts';
import { capitalised, type Html, html } from '../../html/html.ts';
import { badge, section } from '../../html/section.ts';
import { table } from '../../html/table.ts';
import { count, exact } from '../../html/values.ts';
import { type KeptItem, keptItems } from './policy.ts';
import { itemWords } from './policy-words.ts';

/** The items of the policy, each with its snapshots. */
export function policySection(row: ClusterRow, now: UnixSeconds): Html | undefined {
  const { knownPlan } = row;
  if (knownPlan === undefined) return undefined;
  const items = keptItems(row);
  const { referenceHour: hour, referenceMinute: minute } = knownPlan.schedule;
  const reference =
    hour === undefined || minute === undefined
      ? ''
      : ` Reference time: ${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')} UTC.`;
  return section(
    'policy',
    'Backup policy',
    items.length === 0
      ? html`<p>The policy has no items: Atlas takes no scheduled snapshots.</p>`
      : html`<p>A snapshot lists its policy items, and can count for several.${reference}</p>
${itemTable(items, now)}`,
  );
}

function itemTable(items: readonly KeptItem[], now: UnixSeconds): Html {
  return table(
    [
      { heading: 'Item', cell: itemCell },
      { heading: 'Id', cell: ({ item }) => html`<code>${item.id}</code>` },
      { heading: 'Completed snapshots', number: true, cell: ({ count: kept }) => count(kept) },
      {
        heading: 'Newest',
        cell: ({ newest }) =>
          newest === undefined
            ? html`–`
            : html`<a href="#s${newest.id}">${exact(newest.takenAt, now)}</a>`,
      },
    ],
    items,
  );
}

function itemCell({ item, decides }: KeptItem): Html {
  const sets = badge('info', 'sets the interval', 'It sets the longest gap between snapshots');
  return html`${capitalised(itemWords(item))}${decides && html` ${sets}`}`;
}
