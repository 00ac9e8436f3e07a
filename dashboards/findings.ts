import type { ValueMap } from '@grafana/grafana-foundation-sdk/dashboard';
import { mirrors } from '../src/status/states.ts';
import { decidingAlerts } from '../src/status/vocabulary.ts';
import { conditionOf } from './alerts.ts';
import { anyOf, firstOf } from './choices.ts';
import { wordsFor } from './words.ts';

/** Alerts about a cluster that decide no state, by the names that a pager and the pages show. */
const findings = mirrors
  .map(({ alert }) => alert)
  .filter(({ name, severity }) => {
    const decides = decidingAlerts.some(([deciding]) => deciding === name);
    return !decides && severity !== 'info';
  });

export const findingNames = findings.map(({ name }) => name);

/** Every cluster with one of them. */
export const anyFinding = anyOf(findingNames.map(conditionOf));

// Apart from the codes of the states, so that one panel can show both.
const codeOf = (index: number) => 100 + findings.length - index;

/** The code of the first of them at each cluster; nothing where there is none. */
export const findingCode = firstOf(
  findingNames.map((name, index) => [codeOf(index), conditionOf(name)]),
);

/** Codes in words. */
export const findingWords: ValueMap = wordsFor(
  Object.fromEntries(
    findings.map(({ name, severity }, index) => [
      codeOf(index),
      [name, severity === 'critical' ? 'bad' : 'warning'],
    ]),
  ),
);
