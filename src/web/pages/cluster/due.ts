import type { UnixSeconds } from '../../../domain/time.ts';
import { type Html, html, sentence } from '../../../html/html.ts';
import { section } from '../../../html/section.ts';
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
  const announced = nextRun === undefined ? undefined : html`<p>${sentence(nextRun, now)}</p>`;
  return section(
    'due',
    'When the next snapshot is due',
    html`<ol class="steps">
${steps}</ol>
${announced}`,
  );
}
