import { snapshotsOf } from '../oracle/naive-snapshot.ts';
import type { RawReading } from '../oracle/raw-replies.ts';
import type { Outage, Selection } from './histories.ts';

type Newest = { readonly taken: number; readonly expires: number } | undefined;
type KnownCluster = {
  id: string;
  missed: number;
  fresh: boolean;
  /** By the exporter's clock. */
  readAt: number | undefined;
  newest: Newest;
  doubted: boolean;
};
type KnownProject = {
  name: string;
  missed: number;
  listed: boolean;
  /** Undefined: never. */
  listedAt: number | undefined;
  readonly clusters: Map<string, KnownCluster>;
};

/** What an exporter should know after a history, in the plainest words. Times are Unix seconds. */
export type Model = ReturnType<typeof newModel>;

/** `ids`: of the projects, by their number. */
export function newModel(ids: readonly string[]) {
  const projects = new Map<string, KnownProject>();
  let selection: Selection = { withoutProject: undefined, withoutCluster: undefined };
  let complete = false;

  const selected = (id: string) =>
    selection.withoutProject === undefined || id !== ids[selection.withoutProject];
  const selectedCluster = (name: string) => name !== selection.withoutCluster;
  const fails = (outage: Outage, id: string, name?: string) =>
    outage === 'everything' ||
    (typeof outage === 'object' &&
      ('clustersOf' in outage
        ? name === undefined && ids[outage.clustersOf] === id
        : outage.snapshotsOf === name));

  const listProjects = (atlas: RawReading) => {
    const there = new Map(atlas.map(({ project }) => [project.id, project.name]));
    for (const [id, name] of there) {
      const known = projects.get(id);
      if (!selected(id)) continue;
      if (known === undefined) {
        projects.set(id, {
          name,
          missed: 0,
          listed: false,
          listedAt: undefined,
          clusters: new Map(),
        });
      } else Object.assign(known, { name, missed: 0 });
    }
    for (const [id, known] of projects) if (!there.has(id)) known.missed += 1;
  };

  /** Reads one cluster; `raw` is undefined where Atlas has none of that name. */
  const read = (known: KnownCluster, raw: Newest, now: number) => {
    const old = known.newest;
    const lost =
      known.readAt !== undefined &&
      old !== undefined &&
      old.expires > now &&
      (raw === undefined || raw.taken < old.taken);
    if (lost && !known.doubted) Object.assign(known, { doubted: true, fresh: false });
    else Object.assign(known, { doubted: false, fresh: true, readAt: now, newest: raw });
  };

  const pollProject = (
    id: string,
    known: KnownProject,
    atlas: RawReading,
    outage: Outage,
    now: number,
  ) => {
    const raw = atlas.find(({ project }) => project.id === id);
    const clusters = new Map(raw?.clusters.map((one) => [one.cluster.name, one]));
    known.listed = raw !== undefined && !fails(outage, id);
    if (known.listed) {
      known.listedAt = now;
      for (const [name, { cluster }] of clusters) {
        if (!selectedCluster(name)) continue;
        const before = known.clusters.get(name);
        if (before?.id === cluster.id) before.missed = 0;
        else {
          known.clusters.set(name, {
            ...{ id: cluster.id, missed: 0, fresh: false },
            ...{ readAt: undefined, newest: undefined, doubted: false },
          });
        }
      }
      for (const [name, one] of known.clusters) {
        if (clusters.has(name)) continue;
        one.missed += 1;
        if (one.missed === 2) known.clusters.delete(name);
      }
    }
    for (const [name, one] of known.clusters) {
      const there = clusters.get(name);
      if (raw === undefined || fails(outage, id, name)) one.fresh = false;
      // Gone, says Atlas; the next listings settle that.
      else if (there !== undefined) read(one, newestOf(snapshotsOf(there)), now);
    }
  };

  return {
    projects: projects as ReadonlyMap<string, KnownProject>,
    complete: () => complete,

    poll(atlas: RawReading, outage: Outage, now: number): void {
      const listed = outage !== 'everything' && outage !== 'projects';
      if (listed) listProjects(atlas);
      for (const [id, known] of projects) {
        pollProject(id, known, atlas, outage, now);
        if (known.missed >= 2) projects.delete(id);
      }
      complete =
        listed &&
        [...projects.values()].every(
          (one) => one.listed && [...one.clusters.values()].every(({ fresh }) => fresh),
        );
    },

    /** What is out of scope goes at once. Says whether anything is another than before. */
    select(next: Selection): boolean {
      const same = JSON.stringify(next) === JSON.stringify(selection);
      selection = next;
      for (const [id, { clusters }] of projects) {
        if (!selected(id)) projects.delete(id);
        for (const name of clusters.keys()) if (!selectedCluster(name)) clusters.delete(name);
      }
      return !same;
    },
  };
}

function newestOf(snapshots: ReturnType<typeof snapshotsOf>): Newest {
  return snapshots
    .filter(({ status }) => status === 'completed')
    .toSorted((one, other) => other.taken - one.taken)[0];
}
