import { clusterFamilies } from '../../src/collectors/families.ts';
import { type ClusterRow, clusterRows, type ShowRules } from '../../src/domain/cluster-view.ts';
import { type CollectorName, collectorNames } from '../../src/domain/collectors.ts';
import type { Fleet } from '../../src/domain/fleet.ts';
import { firstGeneration } from '../../src/domain/generation.ts';
import { wholeFleet } from '../../src/domain/shard.ts';
import type { UnixSeconds } from '../../src/domain/time.ts';
import type { Format } from '../../src/metrics/encoding.ts';
import { optIns } from '../../src/metrics/family.ts';
import { pageAt } from '../../src/metrics/page.ts';
import { type PageOptions, type PreparedPage, preparePage } from '../../src/metrics/prepared.ts';
import { runInBatches, runToEnd } from '../../src/runtime/event-loop.ts';
import { type ParsedFamily, parsed } from './exposition.ts';
import { hour, noon } from './fleets.ts';
import { pageBytes } from './page-bytes.ts';

/** An hour of staleness and of grace, and clusters called sandbox need no backup. */
const defaultRules: ShowRules = {
  maxStalenessSeconds: hour,
  objectives: {
    graceSeconds: hour,
    stated: (_, { name }) => (name === 'sandbox' ? 'exempt' : undefined),
  },
};

/** What is shown of each cluster of a fleet, at noon unless said otherwise. */
export function rowsOf(fleet: Fleet, now = noon, rules = defaultRules): readonly ClusterRow[] {
  return runToEnd(clusterRows(fleet, now, rules));
}

type Given = Partial<PageOptions & ShowRules> & { readonly now?: UnixSeconds };

export function prepared(
  fleet: Fleet,
  { now = noon, maxStalenessSeconds = hour, objectives, ...options }: Given = {},
  on: readonly CollectorName[] = collectorNames,
): Promise<PreparedPage> {
  const rules = { maxStalenessSeconds, objectives: objectives ?? defaultRules.objectives };
  const steps = preparePage(firstGeneration(fleet, on), rowsOf(fleet, now, rules), now, {
    clusterFamilies,
    maxStalenessSeconds,
    optIns: new Set(optIns),
    maxSeries: 1_000_000,
    shard: wholeFleet,
    relative: true,
    ...options,
  });
  return runInBatches(steps);
}

/** What a scrape shows of a fleet, without the series about the exporter itself. */
export async function textAt(
  page: PreparedPage,
  now: UnixSeconds,
  format: Format = 'text',
): Promise<string> {
  return pageBytes(await pageAt(page, '', now, { format, gzip: false })).toString();
}

/** A fleet's page at noon. */
export async function text(fleet: Fleet, format: Format = 'text'): Promise<string> {
  return textAt(await prepared(fleet), noon, format);
}

export async function familiesOn(
  fleet: Fleet,
  format: Format = 'text',
): Promise<readonly ParsedFamily[]> {
  return parsed(await text(fleet, format), format);
}
