import { edgeHistories } from './edges.ts';
import { type History, judgedAt } from './history.ts';
import { liveHistories } from './lives.ts';
import { longHistories } from './long-edges.ts';

export const histories: readonly History[] = [...edgeHistories, ...longHistories, ...liveHistories];

/** Of each exporter, what it knows at its end. */
export const judged = histories.map((history) => ({ ...history, ...judgedAt(history) }));

/** A question, and by exporter the clusters of which it is true. */
export type Answer = readonly [
  question: string,
  found: readonly (readonly [exporter: string, clusters: readonly string[]])[],
];

/** Answers as they are written down. An exporter of which nothing is true is left out. */
export function answersText(answers: readonly Answer[]): string {
  return answers
    .map(([question, found]) => {
      const lines = found
        .filter(([, clusters]) => clusters.length > 0)
        .map(([exporter, clusters]) => `  ${exporter}: ${clusters.toSorted().join('; ')}\n`);
      return `${question}\n${lines.join('')}`;
    })
    .join('');
}
