import type { UnixSeconds } from '../../../domain/time.ts';
import { type Html, html, sentence } from '../../../html/html.ts';
import { exact } from '../../../html/values.ts';
import type { Explanation } from '../../../status/explanation.ts';

/** Due time and objective, as steps that a stranger can follow. */
export function dueSection({ due, nextRun }: Explanation, now: UnixSeconds): Html {
  const steps = due.map(
    ({ says, reached }) => html`<li>${sentence(says, now)}${
      reached === undefined
        ? undefined
        : html` <span class="reached">→ ${exact(reached, now)}</span>`
    }</li>
`,
  );
  return html`<section aria-labelledby="due">
<h2 id="due">When the next snapshot is due</h2>
<ol class="steps">
${steps}</ol>
${nextRun === undefined ? undefined : html`<p>${sentence(nextRun, now)}</p>`}
</section>`;
}
