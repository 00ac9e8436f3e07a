import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PollTiming } from '../../../src/alerting/evaluation.ts';
import { countStates } from '../../../src/domain/cluster-view.ts';
import { advance, type Fleet, newFleet } from '../../../src/domain/fleet.ts';
import {
  firstGeneration,
  type Generation,
  nextGeneration,
} from '../../../src/domain/generation.ts';
import type { ObjectiveRules } from '../../../src/domain/objective.ts';
import { collectors } from '../../../src/domain/report.ts';
import { wholeFleet } from '../../../src/domain/shard.ts';
import { type ExporterRow, exporterFamilies } from '../../../src/metrics/exporter-families.ts';
import { familyText } from '../../../src/metrics/page.ts';
import type { PreparedPage } from '../../../src/metrics/prepared.ts';
import { type Found, report } from '../../domain/reports.ts';
import { hour } from '../../domain/snapshots.ts';
import { prepared, textAt } from '../../metrics/pages.ts';

export const pollSeconds = 300;

/** What the exporter knew, and showed, after the last of some polls. */
export type Known = { readonly generation: Generation; readonly page: PreparedPage };

/** An hour of grace, and clusters called sandbox need no backup. */
const objectives: ObjectiveRules = {
  graceSeconds: hour,
  stated: (_, { name }) => (name.startsWith('sandbox') ? 'exempt' : undefined),
};

/** Polls, and a scrape after each; `write` takes its samples as OpenMetrics with their time. */
export async function polled(
  job: string,
  pace: PollTiming,
  passes: readonly (Found & { readonly at: number })[],
  write: (text: string) => void,
): Promise<Known> {
  let fleet: Fleet = newFleet([{ name: 'a', namedProjects: [] }]);
  let generation = firstGeneration(fleet, collectors);
  let page = await prepared(fleet);
  for (const pass of passes) {
    const found = report(pass);
    fleet = advance(fleet, found);
    generation = nextGeneration(generation, fleet, found, 1);
    page = await prepared(fleet, { now: pass.at, objectives });
    const own = exporterFamilies.map((family) =>
      familyText(family, rowOf(generation, pace, pass.at), 'text'),
    );
    write(stamped((await textAt(page, pass.at)) + own.join(''), job, pass.at));
  }
  return { generation, page };
}

function rowOf(generation: Generation, pace: PollTiming, now: number): ExporterRow {
  return {
    generation,
    clusterStates: countStates(generation, now, hour),
    build: { version: 'test', revision: '', nodeVersion: 'v24' },
    pollInProgress: false,
    ...pace,
    shard: wholeFleet,
    externalUrl: '',
    config: { loadedAt: now, lastReloadSuccessful: true, hash: 1 },
  };
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
