import { type State, states } from '../../alerting/states.ts';
import { type Html, html } from '../../html/html.ts';

/** A state in a word, in its colour. */
export function stateBadge(state: State): Html {
  return html`<span class="badge ${states[state].tone}" title="${states[state].means}">${states[state].title}</span>`;
}
