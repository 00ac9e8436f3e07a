import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { countStates } from '../../../src/domain/cluster-view.ts';
import type { Generation } from '../../../src/domain/generation.ts';
import { wholeFleet } from '../../../src/domain/shard.ts';
import type { UnixSeconds } from '../../../src/domain/time.ts';
import { type ExporterRow, exporterFamilies } from '../../../src/metrics/exporter-families.ts';
import { familyText } from '../../../src/metrics/page.ts';
import { generations, type History, showRules } from '../../conditions/history.ts';
import { prepared, textAt } from '../../metrics/pages.ts';

/** The samples of its scrapes as OpenMetrics with their time: one after each poll, and those besides. */
export async function* samplesOf(history: History): AsyncGenerator<string> {
  const besides = history.scrapes.toSorted((one, other) => one - other);
  let known: Generation | undefined;
  for (const [at, generation] of generations(history)) {
    while (known !== undefined && (besides[0] ?? at) < at) {
      yield scrape(history, known, besides.shift() ?? at);
    }
    known = generation;
    yield scrape(history, known, at);
  }
  for (const at of besides) {
    if (known !== undefined && at > (history.polls.at(-1) ?? at)) yield scrape(history, known, at);
  }
}

async function scrape(
  { exporter, timing }: History,
  generation: Generation,
  at: UnixSeconds,
): Promise<string> {
  const page = await prepared(generation.fleet, { now: at, ...showRules });
  const row = { ...rowOf(generation, at), ...timing };
  const own = exporterFamilies.map((family) => familyText(family, row, 'text'));
  return stamped((await textAt(page, at)) + own.join(''), exporter, at);
}

function rowOf(generation: Generation, now: number) {
  return {
    generation,
    clusterStates: countStates(generation, now, showRules.maxStalenessSeconds),
    build: { version: 'test', revision: '', nodeVersion: 'v24' },
    pollInProgress: false,
    shard: wholeFleet,
    externalUrl: '',
    config: { loadedAt: now, lastReloadSuccessful: true, hash: 1 },
  } satisfies Partial<ExporterRow>;
}

/** The samples of a page as Prometheus keeps them. */
function stamped(page: string, job: string, at: number): string {
  const own = `instance="a:10071",job="${job}"`;
  return page
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) =>
      line.replace(
        /^(\w+)(?:\{(.*)\})? (\S+)$/,
        (_, name, labels, value) =>
          `${name}{${own}${labels === undefined ? '' : `,${labels}`}} ${value} ${at}\n`,
      ),
    )
    .join('');
}

/** Puts blocks that hold these samples into the folder of Prometheus's data. */
export async function fillWith(samples: string, promtool: string, data: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'exporter-conditions-'));
  const file = join(folder, 'samples');
  await writeFile(file, `${samples}# EOF\n`);
  const args = ['tsdb', 'create-blocks-from', 'openmetrics', '--quiet', file, data];
  const { status, stderr } = spawnSync(promtool, args, { encoding: 'utf8' });
  await rm(folder, { recursive: true });
  if (status !== 0) throw new Error(`promtool: ${stderr}`);
}
