import type { Phrase } from '../domain/phrase.ts';
import { isoDate, type UnixSeconds } from '../domain/time.ts';
import { duration } from '../domain/units.ts';

/** Text that is HTML already. Only the tag below makes it, so that nothing is forgotten. */
export type Html = { readonly html: string };

type Value = Html | string | number | undefined | readonly Html[];

/** A template whose values are escaped, for text and for attributes in double quotes. */
export function html(strings: TemplateStringsArray, ...values: readonly Value[]): Html {
  return { html: strings.reduce((text, part, index) => text + written(values[index - 1]) + part) };
}

function written(value: Value): string {
  if (value === undefined) return '';
  if (typeof value === 'string' || typeof value === 'number') return escaped(String(value));
  return 'html' in value ? value.html : value.map((one) => one.html).join('');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Control characters, and those that turn the direction of text around, must not act in a page. */
function escaped(text: string): string {
  return text
    .replaceAll(/[&<>"']/g, (one) => entities[one] ?? '')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '\uFFFD');
}

/** One segment of a path, for an attribute. */
export function segment(text: string): string {
  // A segment of dots would be taken for a step up.
  return encodeURIComponent(text.toWellFormed()).replaceAll(/^\.+$/g, (dots) =>
    dots.replaceAll('.', '%2E'),
  );
}

/** How far away a moment is; its title has the time in UTC, to which a script adds local time. */
export function moment(at: UnixSeconds | undefined, now: UnixSeconds): Html {
  return at === undefined ? html`–` : marked(at, distance(at - now));
}

/** A sentence with its moments written for people: the exact time, and how far away it is. */
export function sentence(phrase: Phrase, now: UnixSeconds): Html {
  const parts = phrase.map((part) => {
    if (typeof part === 'string') return html`${part}`;
    const { moment: at } = part;
    if (!Number.isFinite(at)) return html`never`;
    return html`${exactly(at)} (${distance(at - now)})`;
  });
  return html`${parts}`;
}

/** A time in UTC, which a script makes local; its title stays in UTC. */
export function exactly(at: UnixSeconds): Html {
  if (!Number.isFinite(at)) return html`never`;
  const iso = isoDate(at);
  return html`<time class="exact" datetime="${iso}" title="${inUtc(iso)}">${inUtc(iso)}</time>`;
}

/** Words for a moment, which its title tells exactly. */
export function marked(at: UnixSeconds, words: string): Html {
  if (!Number.isFinite(at)) return html`never`;
  const iso = isoDate(at);
  return html`<time datetime="${iso}" title="${inUtc(iso)}">${words}</time>`;
}

/** `2026-11-20 01:12:30 UTC`. */
function inUtc(iso: string): string {
  return iso.replace('T', ' ').replace('Z', ' UTC');
}

/** `in 2h 5m`, `3d 4h ago`. */
function distance(seconds: number): string {
  if (Math.abs(seconds) < 1) return 'just now';
  return seconds >= 0 ? `in ${duration(seconds)}` : `${duration(-seconds)} ago`;
}
