import { at, type Phrase, say } from '../../../domain/phrase.ts';
import type { UnixSeconds } from '../../../domain/time.ts';
import { span } from '../../../domain/units.ts';
import { type Html, html, sentence } from '../../../html/html.ts';
import { badge, section } from '../../../html/section.ts';
import { facts } from '../../../html/values.ts';
import type { ActiveAlert } from '../../../status/active-alerts.ts';

/** The shipped alerts whose conditions are true now, and since when. */
export function alertSection(alerts: readonly ActiveAlert[], now: UnixSeconds): Html {
  return section(
    'alerts',
    'Alerts',
    alerts.length === 0
      ? html`<p>No alert condition is true now.</p>`
      : html`<p>Alert conditions that are true now:</p>
<div class="cards">${alerts.map((one) => alertCard(one, now))}</div>`,
  );
}

function alertCard(one: ActiveAlert, now: UnixSeconds): Html {
  return html`<article class="card">
<h3><a href="${one.runbook}" rel="noreferrer">${one.name}</a> ${badge(one.severity, one.severity)}</h3>
<p>${sentence(one.says, now)}</p>
${facts([
  ['True since', sentence(one.since === undefined ? say`unknown` : say`${at(one.since)}`, now)],
  ['First seen by the exporter', sentence(firstSeen(one), now)],
  ['Fires', sentence(fires(one), now)],
])}
</article>
`;
}

/** When a poll first met it. */
function firstSeen({ knownSince, fromTheStart }: ActiveAlert): Phrase {
  if (knownSince === undefined) return say`not yet: it became true after the last poll`;
  return fromTheStart
    ? say`${at(knownSince)}, when the exporter started; it may have been true before`
    : say`${at(knownSince)}`;
}

/** When Prometheus fires it, if it scrapes this exporter and has the shipped rules. */
function fires({ firesAt, forSeconds }: ActiveAlert): Phrase {
  const wait = forSeconds === 0 ? 'immediately' : `after ${span(forSeconds)}`;
  return firesAt === undefined ? say`${wait}` : say`${wait}, ${at(firesAt)} at the earliest`;
}
