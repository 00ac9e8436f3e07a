import { setImmediate as nextTurn } from 'node:timers/promises';
import { promisify } from 'node:util';
import { constants, crc32, deflateRaw } from 'node:zlib';
import type { Generation } from '../domain/generation.ts';
import type { Shard } from '../domain/shard.ts';
import type { UnixSeconds } from '../domain/time.ts';
import { type Format, formats, headerLines, labelPairs, numeral } from './encoding.ts';
import { clusterFamilies, projectFamilies } from './families.ts';
import type { Family, FamilyFacts, OptIn } from './family.ts';
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

/** Deflated text, ended by a full flush, so that pieces can be joined and still inflate. */
type Deflated = Buffer;

/** All of the page that a generation settles, compressed; and the ages, ready to be filled in. */
export type PreparedPage = {
  readonly deflated: Readonly<Record<Format, readonly Deflated[]>>;
  /** CRC-32 and length of the inflated text: a gzip trailer can be continued from them. */
  readonly crc: Readonly<Record<Format, number>>;
  readonly bytes: Readonly<Record<Format, number>>;
  readonly ages: readonly AgeBlock[];
  readonly series: number;
  /** Left out because of `limits.max_series`. */
  readonly seriesDropped: number;
  readonly complete: boolean;
  /** What the page is about, for those who show the same in another form. */
  readonly clusters: readonly ClusterRow[];
  /** Clusters that were read so long ago that facts which do not age by themselves are left out. */
  readonly expired: number;
};

/** A family of ages with the fixed part of each line. */
export type AgeBlock = {
  readonly family: FamilyFacts & { readonly sign: 1 | -1 };
  readonly lines: readonly { readonly begins: string; readonly at: UnixSeconds }[];
};

type Lines = { readonly text: string[]; readonly ages: { begins: string; at: UnixSeconds }[] };

/** So many subjects are rendered before other work has its turn. */
const slice = 100;

const compress = promisify(deflateRaw);

/** Renders and compresses a generation, in slices between turns of the event loop. */
export async function preparePage(
  generation: Generation,
  now: UnixSeconds,
  options: PageOptions,
): Promise<PreparedPage> {
  const clusters = clusterSubjects(generation.fleet, now, options);
  const on = new Set(Object.keys(generation.polls.collectors));
  const perCluster = wanted(clusterFamilies, on, options);
  const perProject = wanted(projectFamilies, on, options);
  const budget = { left: options.maxSeries, dropped: 0 };
  const projectLines = await render(
    perProject,
    projectSubjects(generation.fleet, options.shard),
    budget,
  );
  const clusterLines = await render(perCluster, clusters, budget);
  const families = [
    ...perCluster.map((family, at) => ({ family, lines: clusterLines[at] })),
    ...perProject.map((family, at) => ({ family, lines: projectLines[at] })),
  ];
  const settled = families.flatMap(({ family, lines }) =>
    family.kind === 'settled' && lines !== undefined && lines.text.length > 0
      ? [{ family, body: lines.text }]
      : [],
  );
  const ages = families.flatMap(({ family, lines }) =>
    family.kind === 'ageing' && lines !== undefined && lines.ages.length > 0
      ? [{ family, lines: lines.ages }]
      : [],
  );
  return {
    ...(await compressed(settled)),
    ages,
    series: options.maxSeries - budget.left,
    seriesDropped: budget.dropped,
    complete: budget.dropped === 0,
    clusters: clusters.map(({ row }) => row),
    expired: clusters.filter(({ row }) => row.state === 'expired').length,
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

/** The lines of each family. A subject whose series no longer fit is left out whole: joins hold. */
async function render<Row>(
  families: readonly Family<Row>[],
  subjects: readonly Subject<Row>[],
  budget: { left: number; dropped: number },
): Promise<readonly Lines[]> {
  const lines = families.map((): Lines => ({ text: [], ages: [] }));
  for (const [at, { row, identity }] of subjects.entries()) {
    if (at % slice === slice - 1) await nextTurn();
    const pairs = labelPairs(identity);
    const rendered = families.map((family) => renderOne(family, row, pairs));
    const count = rendered.reduce((sum, { series }) => sum + series, 0);
    if (count > budget.left) {
      budget.dropped += count;
      continue;
    }
    budget.left -= count;
    for (const [of, { text, age }] of rendered.entries()) {
      if (text !== '') lines[of]?.text.push(text);
      if (age !== undefined) lines[of]?.ages.push(age);
    }
  }
  return lines;
}

type Rendered = {
  readonly text: string;
  readonly age: { begins: string; at: UnixSeconds } | undefined;
  readonly series: number;
};

function renderOne<Row>(family: Family<Row>, row: Row, pairs: string): Rendered {
  if (family.kind === 'ageing') {
    const at = family.timestamp(row);
    if (at === undefined || !Number.isFinite(at)) return { text: '', age: undefined, series: 0 };
    return { text: '', age: { begins: `${family.name}{${pairs}} `, at }, series: 1 };
  }
  let text = '';
  const samples = family.samples(row);
  for (const { labels, value } of samples) {
    const own = labelPairs(labels);
    text += `${family.name}{${pairs}${own && `,${own}`}} ${numeral(value)}\n`;
  }
  return { text, age: undefined, series: samples.length };
}

/** Samples are compressed once for both formats; only the lines above them differ. */
async function compressed(
  blocks: readonly { readonly family: FamilyFacts; readonly body: readonly string[] }[],
): Promise<Pick<PreparedPage, 'deflated' | 'crc' | 'bytes'>> {
  const deflated: Record<Format, Deflated[]> = { text: [], openmetrics: [] };
  const crc = { text: 0, openmetrics: 0 };
  const bytes = { text: 0, openmetrics: 0 };
  for (const { family, body } of blocks) {
    const samples = Buffer.from(body.join(''));
    const packed = await deflate(samples);
    for (const format of formats) {
      const header = Buffer.from(headerLines(family, format));
      deflated[format].push(await deflate(header), packed);
      crc[format] = crc32(samples, crc32(header, crc[format]));
      bytes[format] += header.length + samples.length;
    }
  }
  return { deflated, crc, bytes };
}

function deflate(text: Buffer): Promise<Deflated> {
  return compress(text, { finishFlush: constants.Z_FULL_FLUSH });
}
