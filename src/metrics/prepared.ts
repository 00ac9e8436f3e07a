import type { ClusterRow } from '../domain/cluster-view.ts';
import type { Generation } from '../domain/generation.ts';
import { lastReadAt } from '../domain/observed.ts';
import type { Shard } from '../domain/shard.ts';
import type { UnixSeconds } from '../domain/time.ts';
import { inBatches } from '../runtime/event-loop.ts';
import { type AgeBlock, ageBlock, type Labelled } from './ages.ts';
import { affordable, maxSeries } from './budget.ts';
import { type CompressedText, type TextCompressor, textCompressor } from './compressed-text.ts';
import { labelPairs } from './encoding.ts';
import type { Family, FixedFamily, OptIn, TakeSample } from './family.ts';
import type { LineWriter } from './lines.ts';
import { projectFamilies } from './project-families.ts';
import { clusterSubjects, projectSubjects, type Subject } from './subjects.ts';

export type PageOptions = {
  readonly clusterFamilies: readonly Family<ClusterRow>[];
  readonly maxStalenessSeconds: number;
  readonly maxSeries: number;
  readonly shard: Shard;
  /** Whether the ages, which are filled in at every scrape, are on the page. */
  readonly relative: boolean;
  /** Keys that turn on what is off by default. */
  readonly optIns: ReadonlySet<OptIn>;
};

/** All of the page that a generation settles, compressed; and the ages, ready to be filled in. */
export type PreparedPage = {
  readonly text: CompressedText;
  readonly ages: readonly AgeBlock[];
  readonly series: number;
  /** Left out because of `limits.max_series`. */
  readonly seriesDropped: number;
  readonly complete: boolean;
  /** When it was made, and until when no more of it grows too old to be shown as it is. */
  readonly validFrom: UnixSeconds;
  readonly validUntil: UnixSeconds;
};

/** Renders and compresses a generation and the view of its clusters at this time. */
export function* preparePage(
  { fleet, polls }: Generation,
  rows: readonly ClusterRow[],
  now: UnixSeconds,
  options: PageOptions,
): Generator<void, PreparedPage> {
  const on = new Set(Object.keys(polls.collectors));
  const perCluster = wanted(options.clusterFamilies, on, options);
  const perProject = wanted(projectFamilies, on, options);
  const clusters = yield* clusterSubjects(rows);
  const projects = projectSubjects(fleet, options.shard);
  const most = maxSeries(clusters, perCluster) + maxSeries(projects, perProject);
  const budget = { left: most <= options.maxSeries ? Infinity : options.maxSeries, dropped: 0 };
  const projectsShown = yield* affordable(projects, perProject, budget);
  const clustersShown = yield* affordable(clusters, perCluster, budget);
  const compressor = textCompressor();
  const ofClusters = yield* render(perCluster, clustersShown, compressor);
  const ofProjects = yield* render(perProject, projectsShown, compressor);
  const text = compressor.compressed();
  yield;
  const validUntil = yield* firstToExpire(rows, options.maxStalenessSeconds);
  return {
    text,
    ages: [...ofClusters.ages, ...ofProjects.ages],
    series: ofClusters.series + ofProjects.series,
    seriesDropped: budget.dropped,
    complete: budget.dropped === 0,
    validFrom: now,
    validUntil,
  };
}

/** Those of the collectors that are on, without what the configuration leaves out. */
function wanted<Row>(
  families: readonly Family<Row>[],
  collectors: ReadonlySet<string>,
  { relative, optIns }: PageOptions,
): readonly Family<Row>[] {
  return families.filter(
    ({ kind, collector, optIn }) =>
      collectors.has(collector) &&
      (relative || kind === 'fixed') &&
      (optIn === undefined || optIns.has(optIn)),
  );
}

type Rendered = { readonly ages: readonly AgeBlock[]; readonly series: number };

/** Family by family, so that no more than a piece of the page is there as text at any time. */
function* render<Row>(
  families: readonly Family<Row>[],
  subjects: readonly Subject<Row>[],
  compressor: TextCompressor,
): Generator<void, Rendered> {
  const labelled: Labelled<Row>[] = [];
  yield* inBatches(subjects, ({ row, identity }) => {
    labelled.push({ row, pairs: Buffer.from(labelPairs(identity)) });
  });
  const ages: AgeBlock[] = [];
  let series = 0;
  for (const family of families) {
    if (family.kind === 'relative') {
      const block = yield* ageBlock(family, labelled);
      if (block.lines.length > 0) ages.push(block);
      series += block.lines.length;
    } else {
      series += yield* writeFixed(family, labelled, compressor.begin(family));
    }
  }
  return { ages, series };
}

/** How many series that were. */
function* writeFixed<Row>(
  { name, each }: FixedFamily<Row>,
  labelled: readonly Labelled<Row>[],
  lines: LineWriter,
): Generator<void, number> {
  const begins = Buffer.from(`${name}{`);
  // One function for all subjects, not one for each.
  let subject: Buffer = begins;
  let series = 0;
  const take: TakeSample = (own, value) => {
    series += 1;
    lines.sample(begins, subject, own.pairs, value);
  };
  yield* inBatches(labelled, ({ row, pairs }) => {
    subject = pairs;
    each(row, take);
  });
  return series;
}

function* firstToExpire(
  rows: readonly ClusterRow[],
  maxStalenessSeconds: number,
): Generator<void, UnixSeconds> {
  let first = Infinity;
  yield* inBatches(rows, ({ state, backups }) => {
    if (state === 'expired') return;
    first = Math.min(first, (lastReadAt(backups) ?? Infinity) + maxStalenessSeconds);
  });
  return first;
}
