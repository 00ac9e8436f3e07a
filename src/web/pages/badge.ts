import { type Html, html } from '../../html/html.ts';
import { type State, states } from '../../status/vocabulary.ts';

/** How loud something is, from "act now" to "nothing to see"; each is a class of the style sheet. */
export type Tone = 'critical' | 'warning' | 'info' | 'good' | 'quiet';

const tones: Readonly<Record<State, Tone>> = {
  never_taken: 'critical',
  late: 'critical',
  expiring: 'critical',
  unverified: 'critical',
  blind: 'warning',
  stuck: 'warning',
  failing: 'warning',
  disabled: 'warning',
  paused: 'info',
  no_objective: 'info',
  pending: 'quiet',
  first_due: 'info',
  exempt: 'quiet',
  unsupported: 'quiet',
  met: 'good',
};

export function toneOf(state: State): Tone {
  return tones[state];
}

/** A state in a word, in its colour. */
export function stateBadge(state: State): Html {
  return html`<span class="badge ${tones[state]}" title="${states[state].means}">${states[state].title}</span>`;
}
