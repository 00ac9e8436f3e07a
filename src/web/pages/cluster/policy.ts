import { at, say } from '../../../domain/phrase.ts';
import { type Html, html, sentence } from '../../../html/html.ts';
import { count } from '../../../html/values.ts';
import type { Explanation } from '../../../status/explanation.ts';
import type { KeptItem } from '../../../status/policy.ts';
import { itemWords } from '../../../status/policy-words.ts';

/** The items of the policy, each with the snapshots that were taken for it. */
export function policySection({ row, items }: Explanation, now: number): Html {
  const { knownPlan } = row;
  if (knownPlan === undefined) return html``;
  const { referenceHour: hour, referenceMinute: minute } = knownPlan.schedule;
  const reference =
    hour === undefined || minute === undefined
      ? undefined
      : html` Reference time: ${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')} UTC.`;
  return html`<section aria-labelledby="policy">
<h2 id="policy">Backup policy</h2>
${
  items.length === 0
    ? html`<p>The policy has no items: Atlas takes no scheduled snapshots.</p>`
    : html`<p>A snapshot lists its policy items, and can count for several.${reference}</p>
<table class="stack">
<thead><tr><th scope="col">Item</th><th scope="col">Id</th><th scope="col" class="number">Completed snapshots</th><th scope="col">Newest</th></tr></thead>
<tbody>
${items.map((one) => itemRow(one, now))}</tbody>
</table>`
}
</section>`;
}

function itemRow({ item, decides, count: kept, newest }: KeptItem, now: number): Html {
  const words = itemWords(item);
  return html`<tr>
<th scope="row">${words.charAt(0).toUpperCase() + words.slice(1)}${decides ? html` <span class="badge info" title="It sets the longest gap that is allowed between snapshots">sets the interval</span>` : undefined}</th>
<td data-label="Id"><code>${item.id}</code></td>
<td data-label="Completed snapshots" class="number">${count(kept)}</td>
<td data-label="Newest"><div>${
    newest === undefined
      ? html`–`
      : html`<a href="#s${newest.id}" >${sentence(say`${at(newest.takenAt)}`, now)}</a>`
  }</div></td>
</tr>
`;
}
