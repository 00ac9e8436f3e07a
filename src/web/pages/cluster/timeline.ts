import { isCompleted, type Snapshot } from '../../../domain/snapshot.ts';
import { type UnixSeconds, utcText } from '../../../domain/time.ts';
import { byteSize, distance } from '../../../domain/units.ts';
import { type Html, html } from '../../../html/html.ts';
import { frequencyWords, shownAt } from '../../../html/snapshot-words.ts';
import { tenth } from '../../../html/svg.ts';
import type { Explanation } from '../../../status/explanation.ts';
import { type TimeScale, timeScale } from './time-scale.ts';

const maxBars = 60;
const width = 1000;
const [left, right, top] = [110, 990, 44];
/** Space above a group of bars. */
const gap = 8;

/** The snapshots as bars from when they were taken to when they are deleted, with now and due time. */
export function timeline({ row, snapshots }: Explanation, now: UnixSeconds): Html {
  const drawn = snapshots.slice(0, maxBars);
  if (drawn.length === 0) return html``;
  const { due } = row;
  const groups = Map.groupBy(drawn, frequencyWords);
  const pitch = Math.min(14, Math.max(7, 320 / drawn.length));
  const bottom = Math.round(top + drawn.length * pitch + groups.size * gap + 6);
  const moments = drawn.flatMap((one) => [shownAt(one), one.expiresAt ?? now]);
  const marks = due === undefined ? [] : [due.at];
  const scale = timeScale([...moments, ...marks], now, [left, right], marks);
  const sizes = drawn.map((one) => sizeOf(one) ?? 0);
  const place = { pitch, now, scale, largest: Math.max(...sizes) };
  const more =
    snapshots.length > maxBars && ` The newest ${maxBars} of ${snapshots.length} are drawn.`;
  return html`<figure class="timeline">
<div class="scroll" tabindex="0" role="region" aria-label="Timeline">
<svg viewBox="0 0 ${width} ${bottom + 4}" role="img" aria-labelledby="tl-title tl-desc">
<title id="tl-title">Timeline of the snapshots</title>
<desc id="tl-desc">${described(row, drawn, now)}</desc>
${scale.ticks.map((one) => tick(one, bottom))}${bars(groups, place)}${mark('now', scale.x(now), 12, bottom)}${due && mark(due.at < now ? 'was due' : 'due', scale.x(due.at), 25, bottom)}</svg>
</div>
<figcaption><small>A bar runs from when a snapshot was taken to when it is deleted; the thicker, the larger the snapshot. Dashed: in progress. Cross: failed. The time scale is finer near now.${more} The table below has the same data.</small></figcaption>
</figure>`;
}

function tick({ x, label }: TimeScale['ticks'][number], bottom: number): Html {
  return html`<line class="tick" x1="${x}" x2="${x}" y1="${top}" y2="${bottom}"/><text class="tick" x="${x}" y="${top - 4}">${label}</text>
`;
}

/** By frequency, in the order in which their newest ones were requested. */
function bars(
  groups: ReadonlyMap<string, readonly Snapshot[]>,
  place: Omit<Place, 'y'>,
): readonly Html[] {
  const { pitch } = place;
  let next = top;
  return [...groups].flatMap(([name, members]) => {
    const y = next + gap;
    next = y + members.length * pitch;
    return [
      html`<text x="${left - 8}" y="${Math.round(y + Math.min(pitch, 12) * 0.8)}" class="group">${name.length > 16 ? 'other' : name}</text>
`,
      ...members.map((one, at) => bar(one, { ...place, y: y + at * pitch })),
    ];
  });
}

type Place = {
  readonly y: number;
  readonly pitch: number;
  readonly now: UnixSeconds;
  readonly scale: TimeScale;
  readonly largest: number;
};

function bar(one: Snapshot, { y, pitch, now, scale, largest }: Place): Html {
  const x = scale.x(shownAt(one));
  const middle = y + pitch / 2;
  const about = html`<title>${barWords(one)}</title>`;
  if (one.status === 'failed') {
    const [a, b] = [x - 4, x + 4];
    const [c, d] = [tenth(middle - 4), tenth(middle + 4)];
    return html`<path class="failed" d="M${a} ${c}L${b} ${d}M${a} ${d}L${b} ${c}">${about}</path>
`;
  }
  const share = largest > 0 ? (sizeOf(one) ?? largest / 2) / largest : 0.5;
  const height = isCompleted(one) ? Math.max(2, (pitch - 2) * share) : pitch - 3;
  const end = isCompleted(one) ? scale.x(one.expiresAt ?? now) : scale.x(now);
  return html`<rect class="${isCompleted(one) ? 'completed' : 'pending'}" x="${x}" y="${tenth(middle - height / 2)}" width="${tenth(Math.max(2, end - x))}" height="${tenth(height)}">${about}</rect>
`;
}

function mark(label: string, x: number, y: number, bottom: number): Html {
  const kind = label === 'now' ? 'now' : 'due';
  return html`<line class="${kind}" x1="${x}" x2="${x}" y1="${y + 3}" y2="${bottom}"/><text class="${kind}" x="${x}" y="${y}">${label}</text>
`;
}

function barWords(one: Snapshot): string {
  const size = sizeOf(one);
  const parts = [
    `${isCompleted(one) ? 'taken' : 'requested'} ${utcText(shownAt(one))}`,
    frequencyWords(one),
    one.status.replace('_', ' '),
    one.expiresAt === undefined ? '' : `expiry: ${utcText(one.expiresAt)}`,
    size === undefined ? '' : byteSize(size),
  ];
  return parts.filter(Boolean).join(', ');
}

function described(
  { due }: Explanation['row'],
  drawn: readonly Snapshot[],
  now: UnixSeconds,
): string {
  const newest = drawn.find(isCompleted);
  const said = [
    `${drawn.length} snapshots.`,
    newest === undefined
      ? 'None has completed.'
      : `The newest completed one was taken ${distance(newest.takenAt - now)}.`,
    due === undefined
      ? 'None is due.'
      : `The next ${due.at < now ? 'was' : 'is'} due ${distance(due.at - now)}.`,
  ];
  return said.join(' ');
}

function sizeOf(one: Snapshot): number | undefined {
  return isCompleted(one) ? one.sizeBytes : undefined;
}
