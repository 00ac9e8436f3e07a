import { at, type Phrase, say } from '../../../domain/phrase.ts';
import type { UnixSeconds } from '../../../domain/time.ts';
import { type Html, html, sentence } from '../../../html/html.ts';
import { exact, failureFacts } from '../../../html/values.ts';
import type { InputRead } from '../../../status/input-reads.ts';

const kinds = {
  pending: ['Not read yet', 'quiet'],
  fresh: ['Read', 'good'],
  stale: ['Failed, showing older data', 'warning'],
  failed: ['Failed, never read', 'critical'],
  not_read: ['Not read', 'quiet'],
} as const satisfies Readonly<Record<InputRead['kind'], readonly [string, string]>>;

/** When each input was read, and how that went. */
export function readSection(
  reads: readonly InputRead[],
  leftOut: Phrase | undefined,
  now: UnixSeconds,
): Html {
  return html`<section aria-labelledby="reads">
<h2 id="reads">Data sources</h2>
${leftOut === undefined ? undefined : html`<div class="notice warning"><p>${sentence(leftOut, now)}</p></div>`}
<table class="stack">
<thead><tr><th scope="col">Source</th><th scope="col">Last attempt</th><th scope="col">Last successful read</th><th scope="col">Next read</th></tr></thead>
<tbody>
${reads.map((one) => readRow(one, now))}</tbody>
</table>
</section>`;
}

function readRow({ title, kind, readAt, failed, nextAt, note }: InputRead, now: UnixSeconds): Html {
  const [words, tone] = kinds[kind];
  const why = failed && html` ${failed.remedy} <small>(${failureFacts(failed)})</small>`;
  return html`<tr>
<th scope="row">${title}</th>
<td data-label="Last attempt"><div><span class="badge ${tone}">${words}</span>${why}${note && html` ${sentence(note, now)}`}</div></td>
<td data-label="Last successful read"><div>${exact(readAt, now)}</div></td>
<td data-label="Next read"><div>${nextAt === undefined ? html`–` : sentence(again(nextAt, now), now)}</div></td>
</tr>
`;
}

/** Nobody scrapes, nobody calls Atlas. */
function again(nextAt: UnixSeconds, now: UnixSeconds): Phrase {
  return nextAt <= now ? say`now` : say`not before ${at(nextAt)}`;
}
