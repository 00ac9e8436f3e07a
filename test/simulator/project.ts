import { clusterOf, type ScenarioName } from '../../src/simulator/world/scenarios.ts';
import { World } from '../../src/simulator/world/world.ts';
import { start } from './client.ts';

export const orgId = 'a0123456789abcdef012345a';
export const groupId = 'b0123456789abcdef012345b';
/** Its path. */
export const G = `/groups/${groupId}`;
const named = (name: string, ...scenarios: ScenarioName[]) =>
  clusterOf({ seed: 'routes', projectId: groupId, name, startedAt: start }, ...scenarios);

/** A world of one project that has a cluster of most kinds. */
export function world() {
  return new World(
    [{ id: orgId, name: 'Org' }],
    [{ id: groupId, name: 'project', orgId, createdAt: start - 1e8 }],
    [
      named('rs', 'pit'),
      named('shards', 'sharded'),
      named('globe', 'geosharded'),
      named('flexible', 'flex'),
      named('tiny', 'free'),
      named('off', 'neverEnabled'),
      named('old', 'legacy'),
      named('clouds', 'multiCloud'),
      named('locked', 'encrypted'),
      named('young', 'creating'),
      named('was-on', 'switchedOff'),
    ],
  );
}
