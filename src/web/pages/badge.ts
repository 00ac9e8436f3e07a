import { type State, states } from '../../alerting/states.ts';
import type { Html } from '../../html/html.ts';
import { badge } from '../../html/section.ts';

/** A state in a word, in its colour. */
export function stateBadge(state: State): Html {
  const { tone, title, means } = states[state];
  return badge(tone, title, means);
}
