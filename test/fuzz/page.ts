import { expect } from 'vitest';
import type { Exporter } from '../../src/exporter/exporter.ts';
import { type ParsedFamily, parsed } from '../metrics/exposition.ts';
import { pageBytes } from '../metrics/page-bytes.ts';
import { labelsOf, type Series, seriesKey } from '../oracle/series.ts';
import type { Model } from './model.ts';

/** One scrape. */
export type Shown = {
  readonly at: number;
  readonly series: Series;
  /** Those that may only grow. */
  readonly counters: Series;
  /** Cluster ids by key: a counter of one that was made again begins again. */
  readonly known: ReadonlyMap<string, string>;
};

/** In place of a number that only has to be there. */
const present = Number.NaN;
const prefix = 'mongodbatlas_backup_';
const nameIn = (key: string) => key.slice(0, key.indexOf(' '));

export async function shownOf(exporter: Exporter, model: Model, at: number): Promise<Shown> {
  const page = await exporter.page({ format: 'text', gzip: false });
  const families = parsed(pageBytes(page).toString(), 'text');
  const grows = ({ type, name }: ParsedFamily) =>
    type !== 'gauge' && !/^(process|nodejs)_/.test(name);
  const seriesIn = (some: readonly ParsedFamily[]): Series =>
    new Map(
      some
        .flatMap(({ samples }) => samples)
        .map(({ name, labels, value }) => [seriesKey(name, labels), value]),
    );
  return {
    at,
    series: seriesIn(families),
    counters: seriesIn(families.filter(grows)),
    known: new Map(clustersOf(model).map(({ id, name, known }) => [`${id}/${name}`, known.id])),
  };
}

function clustersOf({ projects }: Model) {
  return [...projects].flatMap(([id, project]) =>
    [...project.clusters].map(([name, known]) => ({ id, project: project.name, name, known })),
  );
}

/** The page says what the model knows: neither less nor more, nor anything that cannot be. */
export function checkPage(
  shown: Shown,
  model: Model,
  before: Shown | undefined,
  maxStaleness: number,
): void {
  const { series, at } = shown;
  const families = [
    ...['cluster_info', 'enabled', 'refresh_success', 'refresh_last_success_timestamp_seconds'],
    ...['snapshot_last_completed_timestamp_seconds', 'snapshot_last_completed_age_seconds'],
    ...['snapshots_incomplete', 'project_refresh_success'],
    'project_refresh_last_success_timestamp_seconds',
  ].map((name) => prefix + name);
  const said = [...series]
    .filter(([key]) => families.includes(nameIn(key)))
    .map(([key, value]): [string, number] => [
      unlabelled(key),
      nameIn(key) === `${prefix}snapshots_incomplete` ? present : value,
    ]);
  expect(Object.fromEntries(said.toSorted())).toEqual(expected(model, at, maxStaleness));
  expect(series.get(`${prefix}exporter_poll_success []`)).toBe(Number(model.complete()));
  for (const [key, value] of series) {
    if (/_(timestamp_seconds|bytes) /.test(key)) expect(value, key).toBeGreaterThanOrEqual(0);
  }
  for (const [key, value] of shown.counters) {
    const { project_id, cluster } = labelsOf(key);
    const id = `${project_id}/${cluster}`;
    if (cluster !== undefined && shown.known.get(id) !== before?.known.get(id)) continue;
    expect(value, key).toBeGreaterThanOrEqual(before?.counters.get(key) ?? 0);
  }
}

/** With the identity alone. */
function unlabelled(key: string): string {
  const { project_id = '', project = '', cluster = '' } = labelsOf(key);
  return seriesKey(nameIn(key), { project_id, project, cluster });
}

function expected(
  model: Model,
  at: number,
  maxStaleness: number,
): Readonly<Record<string, number>> {
  const all: [string, number][] = [];
  for (const [project_id, { name: project, listed, listedAt }] of model.projects) {
    const add = (name: string, value: number | undefined) => {
      if (value !== undefined) all.push([seriesKey(prefix + name, { project_id, project }), value]);
    };
    add('project_refresh_success', Number(listed));
    add('project_refresh_last_success_timestamp_seconds', listedAt);
  }
  for (const { id: project_id, project, name: cluster, known } of clustersOf(model)) {
    const add = (name: string, value: number | undefined) => {
      const key = seriesKey(prefix + name, { project_id, project, cluster });
      if (value !== undefined) all.push([key, value]);
    };
    const { readAt, newest, fresh } = known;
    add('cluster_info', 1);
    add('enabled', 1);
    add('refresh_success', Number(fresh));
    add('refresh_last_success_timestamp_seconds', readAt);
    add('snapshot_last_completed_timestamp_seconds', newest?.taken);
    add('snapshot_last_completed_age_seconds', newest && at - newest.taken);
    if (readAt !== undefined && at - readAt <= maxStaleness) add('snapshots_incomplete', present);
  }
  return Object.fromEntries(all.toSorted());
}
