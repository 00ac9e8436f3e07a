import { generatedWorld } from '../../src/simulator/world/generated-world.ts';
import { clusterOf } from '../../src/simulator/world/scenarios.ts';
import type { World } from '../../src/simulator/world/world.ts';
import { start } from '../simulator/client.ts';
import type { Event } from './histories.ts';

/** A world in which projects, too, are renamed, deleted and restored. */
export function shiftingWorld() {
  const base = generatedWorld({ seed: 'history', projects: 2, clusters: 0 }, start);
  let projects = base.projects;
  let born = 0;
  const world: World = {
    ...base,
    get projects() {
      return projects;
    },
  };
  const idOf = (project: number) => base.projects[project]?.id ?? '';
  const make = (projectId: string, name: string) => {
    born += 1;
    const seed = `history/${born}`;
    world.add(clusterOf({ seed, projectId, name, startedAt: start, snapshots: 3 }, 'healthy'));
  };
  const has = (one: { readonly project: number; readonly name: string }) =>
    world.cluster(idOf(one.project), one.name) !== undefined;
  make(idOf(0), 'alpha');
  make(idOf(1), 'alpha');
  return {
    world,
    ids: base.projects.map(({ id }) => id),
    happen(event: Event): void {
      switch (event.do) {
        case 'make':
        case 'remake':
          if (has(event) === (event.do === 'remake')) make(idOf(event.project), event.name);
          return;
        case 'delete':
          world.remove(idOf(event.project), event.name);
          return;
        case 'delete project':
          projects = projects.filter(({ id }) => id !== idOf(event.project));
          return;
        case 'restore project':
          if (projects.some(({ id }) => id === idOf(event.project))) return;
          projects = [...projects, ...base.projects.filter(({ id }) => id === idOf(event.project))];
          return;
        case 'rename project':
          projects = projects.map((one) =>
            one.id === idOf(event.project) ? { ...one, name: event.name } : one,
          );
          return;
        case 'poll':
        case 'reload':
        case 'restart':
        case 'step':
      }
    },
  };
}
