import { at, type Phrase, say } from '../../../domain/phrase.ts';
import type { UnixSeconds } from '../../../domain/time.ts';
import { type Html, html, sentence } from '../../../html/html.ts';
import { badge, notice, section } from '../../../html/section.ts';
import { table } from '../../../html/table.ts';
import { exact, failureFacts } from '../../../html/values.ts';
import type { InputRead } from '../../../status/input-reads.ts';

const attempts = {
  pending: ['quiet', 'Not read yet'],
  fresh: ['good', 'Read'],
  stale: ['warning', 'Failed, showing older data'],
  failed: ['critical', 'Failed, never read'],
  not_read: ['quiet', 'Not read'],
} as const satisfies Readonly<Record<InputRead['kind'], readonly [string, string]>>;

/** When each input was read, and how that went. */
export function readSection(
  reads: readonly InputRead[],
  leftOut: Phrase | undefined,
  now: UnixSeconds,
): Html {
  const omitted = leftOut && notice(html`<p>${sentence(leftOut, now)}</p>`, 'warning');
  const sources = table<InputRead>(
    [
      { heading: 'Source', cell: ({ title }) => html`${title}` },
      { heading: 'Last attempt', cell: (read) => attempt(read, now) },
      { heading: 'Last success', cell: ({ readAt }) => exact(readAt, now) },
      { heading: 'Next read', cell: ({ nextAt }) => nextRead(nextAt, now) },
    ],
    reads,
  );
  return section('reads', 'Data sources', html`${omitted}${sources}`);
}

function attempt({ kind, failed, note }: InputRead, now: UnixSeconds): Html {
  const [tone, words] = attempts[kind];
  const why = failed && html` ${failed.remedy} <small>(${failureFacts(failed)})</small>`;
  return html`${badge(tone, words)}${why}${note && html` ${sentence(note, now)}`}`;
}

/** A poll starts with a scrape or a visit, so only its earliest time is known. */
function nextRead(nextAt: UnixSeconds | undefined, now: UnixSeconds): Html {
  if (nextAt === undefined) return html`–`;
  return sentence(nextAt <= now ? say`now` : say`not before ${at(nextAt)}`, now);
}
