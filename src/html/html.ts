import type { Phrase } from '../domain/phrase.ts';
import { isoDate, type UnixSeconds, utcText } from '../domain/time.ts';
import { distance } from '../domain/units.ts';

/** Escaped HTML. Only the tag below makes it, so that nothing is left unescaped. */
export type Html = { readonly html: string };

type Value = Html | string | number | undefined | false | readonly Html[];

/** A template whose values are escaped, for text and for attributes in double quotes. */
export function html(strings: TemplateStringsArray, ...values: readonly Value[]): Html {
  return { html: strings.reduce((text, part, index) => text + written(values[index - 1]) + part) };
}

function written(value: Value): string {
  if (value === undefined || value === false) return '';
  if (typeof value === 'string' || typeof value === 'number') return escaped(String(value));
  return 'html' in value ? value.html : value.map((one) => one.html).join('');
}

/** With something between each two. */
export function joined(parts: readonly Html[], separator = ', '): Html {
  return html`${parts.map((part, at) => (at === 0 ? part : html`${separator}${part}`))}`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Control characters, and those that change the direction of text, must have no effect in a page. */
function escaped(text: string): string {
  return text
    .replaceAll(/[&<>"']/g, (one) => entities[one] ?? '')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '\uFFFD');
}

export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** One segment of a path, for an attribute. */
export function segment(text: string): string {
  // A segment of dots would be taken for a step up.
  return encodeURIComponent(text.toWellFormed()).replaceAll(/^\.+$/g, (dots) =>
    dots.replaceAll('.', '%2E'),
  );
}

/** How far away a moment is; its title has the time, to which a script adds local time. */
export function moment(at: UnixSeconds | undefined, now: UnixSeconds): Html {
  return at === undefined ? html`–` : marked(at, distance(at - now));
}

/** A sentence with its moments written for people: the time, and how far away it is. */
export function sentence(phrase: Phrase, now: UnixSeconds): Html {
  const parts = phrase.map((part) => {
    if (typeof part === 'string') return html`${part}`;
    const { moment: at } = part;
    return Number.isFinite(at)
      ? html`${inUtc(at)} <span class="away">(${distance(at - now)})</span>`
      : inUtc(at);
  });
  return html`${parts}`;
}

/** A time in UTC. */
export function inUtc(at: UnixSeconds): Html {
  return marked(at, utcText(at));
}

/** Words for a moment; the title has the time to the second. */
export function marked(at: UnixSeconds, words: string): Html {
  if (!Number.isFinite(at)) return html`never`;
  const iso = isoDate(at);
  return html`<time datetime="${iso}" title="${iso.replace('T', ' ').replace('Z', ' UTC')}">${words}</time>`;
}
