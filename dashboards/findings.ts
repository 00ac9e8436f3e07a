import type { ValueMap } from '@grafana/grafana-foundation-sdk/dashboard';
import { alertConditions } from '../src/collectors/conditions.ts';
import { anyOf, firstOf } from './choices.ts';
import { wordsFor } from './words.ts';

/** Alerts about a cluster that decide no state, by the names that a pager and the pages show. */
const findings = alertConditions.filter(
  ({ alert, severity }) => alert.decides === undefined && severity !== 'info',
);

export const findingNames = findings.map(({ alert }) => alert.name);

/** Every cluster with one of them. */
export const anyFinding = anyOf(findings.map(({ expression }) => expression));

// Apart from the codes of the states, so that one panel can show both.
const codeOf = (index: number) => 100 + findings.length - index;

/** The code of the first of them at each cluster; nothing where there is none. */
export const findingCode = firstOf(
  findings.map(({ expression }, index) => [codeOf(index), expression]),
);

/** Codes in words. */
export const findingWords: ValueMap = wordsFor(
  Object.fromEntries(
    findings.map(({ alert, severity }, index) => [
      codeOf(index),
      [alert.name, severity === 'critical' ? 'bad' : 'warning'],
    ]),
  ),
);
