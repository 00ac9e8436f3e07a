import { type Html, html } from './html.ts';

/** A part of a page under a heading; a card is in a box. */
export function section(
  id: string,
  title: string,
  content: Html,
  kind?: 'card' | 'notice warning',
): Html {
  const named = kind === undefined ? undefined : html` class="${kind}"`;
  return html`<section${named} aria-labelledby="${id}">
<h2 id="${id}">${title}</h2>
${content}
</section>
`;
}

/** Something that must not be overlooked. */
export function notice(content: Html, tone?: 'critical' | 'warning' | 'info'): Html {
  return html`<div class="notice ${tone}">
${content}
</div>
`;
}

/** A word in its colour; the title says more. */
export function badge(tone: string, word: string, title?: string): Html {
  const more = title === undefined ? undefined : html` title="${title}"`;
  return html`<span class="badge ${tone}"${more}>${word}</span>`;
}
