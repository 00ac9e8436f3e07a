import { generatedWorld } from '../../src/simulator/world/generated-world.ts';
import { clusterOf } from '../../src/simulator/world/scenarios.ts';
import { start } from '../simulator/client.ts';
import type { Event } from './histories.ts';

/** A world in which projects, too, are renamed, deleted and restored. */
export function shiftingWorld() {
  const world = generatedWorld({ seed: 'history', projects: 2, clusters: 0 }, start);
  const all = world.projects;
  let born = 0;
  const idOf = (project: number) => all[project]?.id ?? '';
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
    ids: all.map(({ id }) => id),
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
          world.projects = world.projects.filter(({ id }) => id !== idOf(event.project));
          return;
        case 'restore project':
          if (world.projects.some(({ id }) => id === idOf(event.project))) return;
          world.projects = [
            ...world.projects,
            ...all.filter(({ id }) => id === idOf(event.project)),
          ];
          return;
        case 'rename project':
          world.projects = world.projects.map((one) =>
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
