import type { ReadState } from '../domain/coverage.ts';
import type { Generation } from '../domain/generation.ts';
import { lastReadAt } from '../domain/observed.ts';
import type { Shard } from '../domain/shard.ts';
import type { UnixSeconds } from '../domain/time.ts';
import { inTurns } from '../turns.ts';
import { type AgeBlock, ageBlock } from './ages.ts';
import { affordable } from './budget.ts';
import { labelPairs, numeral } from './encoding.ts';
import { countStates } from './exporter-families.ts';
import { clusterFamilies, projectFamilies } from './families.ts';
import type { Family, OptIn } from './family.ts';
import { type KeptText, type TextKeeper, textKeeper } from './kept-text.ts';
import {
  type ClusterRow,
  clusterSubjects,
  projectSubjects,
  type ShowRules,
  type Subject,
} from './subjects.ts';

export type PageOptions = ShowRules & {
  readonly maxSeries: number;
  readonly shard: Shard;
  /** Whether the ages, which are filled in at every scrape, are on the page. */
  readonly relative: boolean;
  /** Keys that turn on what is off by default. */
  readonly optIns: ReadonlySet<OptIn>;
};

/** All of the page that a generation settles, compressed; and the ages, ready to be filled in. */
export type PreparedPage = {
  readonly text: KeptText;
  readonly ages: readonly AgeBlock[];
  readonly series: number;
  /** Left out because of `limits.max_series`. */
  readonly seriesDropped: number;
  readonly complete: boolean;
  /** What the page is about, for those who show the same in another form. */
  readonly clusters: readonly ClusterRow[];
  readonly clusterStates: Readonly<Record<ReadState, number>>;
  /** When it was made, and until when no more of it grows too old to be shown as it is. */
  readonly holds: { readonly from: UnixSeconds; readonly until: UnixSeconds };
};

/** Renders and compresses a generation, a few milliseconds at a time. */
export async function preparePage(
  generation: Generation,
  now: UnixSeconds,
  options: PageOptions,
): Promise<PreparedPage> {
  const { fleet, polls } = generation;
  const on = new Set(Object.keys(polls.collectors));
  const perCluster = wanted(clusterFamilies, on, options);
  const perProject = wanted(projectFamilies, on, options);
  const clusters = await clusterSubjects(fleet, now, options);
  const budget = { left: options.maxSeries, dropped: 0 };
  const projectsShown = await affordable(projectSubjects(fleet, options.shard), perProject, budget);
  const clustersShown = await affordable(clusters, perCluster, budget);
  const keeper = textKeeper();
  const ages = [
    ...(await render(perCluster, clustersShown, keeper)),
    ...(await render(perProject, projectsShown, keeper)),
  ];
  const rows = clusters.map(({ row }) => row);
  return {
    text: keeper.kept(),
    ages,
    series: options.maxSeries - budget.left,
    seriesDropped: budget.dropped,
    complete: budget.dropped === 0,
    clusters: rows,
    clusterStates: countStates(generation, now, options.maxStalenessSeconds),
    holds: { from: now, until: firstToExpire(rows, options.maxStalenessSeconds) },
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
      (relative || kind === 'settled') &&
      (optIn === undefined || optIns.has(optIn)),
  );
}

/** Family by family, so that no more than a piece of the page is there as text at any time. */
async function render<Row>(
  families: readonly Family<Row>[],
  subjects: readonly Subject<Row>[],
  keeper: TextKeeper,
): Promise<readonly AgeBlock[]> {
  const labelled: { readonly row: Row; readonly pairs: string }[] = [];
  await inTurns(subjects, ({ row, identity }) => {
    labelled.push({ row, pairs: labelPairs(identity) });
  });
  const ages: AgeBlock[] = [];
  for (const family of families) {
    if (family.kind === 'ageing') {
      const block = await ageBlock(family, labelled);
      if (block.lines.length > 0) ages.push(block);
      continue;
    }
    const { name, each } = family;
    await keeper.keep(family, (write) =>
      inTurns(labelled, ({ row, pairs }) => {
        each(row, ({ pairs: own }, value) => {
          write(`${name}{${pairs}${own && `,${own}`}} ${numeral(value)}\n`);
        });
      }),
    );
  }
  return ages;
}

function firstToExpire(rows: readonly ClusterRow[], maxStalenessSeconds: number): UnixSeconds {
  let first = Infinity;
  for (const { state, backups } of rows) {
    if (state === 'expired') continue;
    first = Math.min(first, (lastReadAt(backups) ?? Infinity) + maxStalenessSeconds);
  }
  return first;
}
