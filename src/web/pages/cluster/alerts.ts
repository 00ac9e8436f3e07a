import { at, type Phrase, say } from '../../../domain/phrase.ts';
import type { UnixSeconds } from '../../../domain/time.ts';
import { span } from '../../../domain/units.ts';
import { type Html, html, sentence } from '../../../html/html.ts';
import { facts } from '../../../html/values.ts';
import type { ActiveAlert } from '../../../status/active-alerts.ts';

/** The shipped alerts whose expressions hold now, and since when. */
export function alertSection(raised: readonly ActiveAlert[], now: UnixSeconds): Html {
  return html`<section aria-labelledby="alerts">
<h2 id="alerts">Alerts</h2>
${
  raised.length === 0
    ? html`<p>None of the shipped alerts about one cluster would fire now.</p>`
    : html`<p>What the shipped alerts ask holds now:</p>
<div class="cards">${raised.map((one) => alertCard(one, now))}</div>`
}
</section>`;
}

function alertCard(one: ActiveAlert, now: UnixSeconds): Html {
  return html`<article class="card">
<h3><a href="${one.runbook}" rel="noreferrer">${one.name}</a> <span class="badge ${one.severity}">${one.severity}</span></h3>
<p>${sentence(one.says, now)}</p>
${facts([
  ['Holds since', sentence(one.since === undefined ? say`not known` : say`${at(one.since)}`, now)],
  ['Known here since', sentence(knownSince(one), now)],
  ['Fires in Prometheus', sentence(fires(one, now), now)],
])}
</article>
`;
}

/** Since when the exporter has known of it. */
function knownSince({ knownSince, fromTheStart }: ActiveAlert): Phrase {
  if (knownSince === undefined) return say`the next poll: it came to hold after the last one`;
  return fromTheStart
    ? say`${at(knownSince)}: since the exporter started, perhaps longer`
    : say`${at(knownSince)}`;
}

/** When Prometheus fires it, if it scrapes this exporter and has the shipped rules. */
function fires({ firesAt, forSeconds }: ActiveAlert, now: UnixSeconds): Phrase {
  const wait = forSeconds === 0 ? 'at once' : `after it has held for ${span(forSeconds)}`;
  if (firesAt === undefined) return say`${wait}`;
  return firesAt > now
    ? say`${wait}: at the earliest ${at(firesAt)}`
    : say`${wait}: at the earliest ${at(firesAt)}, which has passed`;
}
