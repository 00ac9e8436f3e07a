import { collectorFacts } from '../../src/domain/collectors.ts';
import type { FamilyFacts } from '../../src/metrics/family.ts';

const optional = new Set(
  Object.entries(collectorFacts).flatMap(([name, facts]) => (facts.default ? [] : [name])),
);

/** Whether the collector of a family runs unless the configuration says otherwise. */
export function isOnByDefault({ collector }: Pick<FamilyFacts, 'collector'>): boolean {
  return !optional.has(collector);
}
