import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, vi } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { files, ruleFolder } from '../../../generate/alerts/generate.ts';
import { systemClock, type UnixSeconds } from '../../../src/domain/time.ts';
import { type Prometheus, startPrometheus } from '../prometheus.ts';
import { job, stepSeconds, writeHistory } from './history.ts';

/** A Prometheus that holds a week of the demo's fleet, and has evaluated the rules at its end. */
export type Week = { readonly prometheus: Prometheus; readonly end: UnixSeconds };

const ruleReply = z.object({
  data: z.object({
    groups: z.array(
      z.object({ rules: z.array(z.object({ health: z.string(), alerts: z.array(z.unknown()) })) }),
    ),
  }),
});

/** Promtool makes the fewest blocks by this; else it reads its input once for every two hours. */
const blocks = '--max-block-duration=486h';

export async function openWeek(prometheusBinary: string, promtool: string): Promise<Week> {
  const folder = await mkdtemp(join(tmpdir(), 'exporter-week-'));
  try {
    const rules = join(folder, 'rules.yaml');
    await writeFile(rules, rulesAtOnce());
    const prometheus = await startPrometheus(
      prometheusBinary,
      { global: { evaluation_interval: '1s' }, rule_files: [rules] },
      [
        '--storage.tsdb.retention.time=1y',
        // A Prometheus that scrapes as seldom as this one did has to look back as far.
        `--query.lookback-delta=${stepSeconds}s`,
      ],
      async (data) => {
        const samples = join(folder, 'week.om');
        // Not later: Prometheus takes nothing that is older than its blocks, what rules make included.
        await writeHistory(samples, Math.floor(systemClock()));
        const arguments_ = ['tsdb', 'create-blocks-from', blocks, 'openmetrics', samples, data];
        await promisify(execFile)(promtool, arguments_);
      },
    );
    try {
      await prometheus.ready();
      await evaluated(prometheus);
    } catch (error) {
      await prometheus.stop();
      throw error;
    }
    return { prometheus, end: systemClock() };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The rules as they are shipped, but that no alert waits: time stands still here. */
function rulesAtOnce(): string {
  const ruleFiles = [...files].filter(([path]) => path.startsWith(ruleFolder));
  const groups = ruleFiles.flatMap(([, text]) => parse(text).groups);
  return JSON.stringify({ groups }, (key, value) =>
    key === 'for' || key === 'keep_firing_for' ? undefined : value,
  );
}

/** Every rule, and each alert that is active has a series. */
function evaluated(prometheus: Prometheus): Promise<void> {
  const ratio = `mongodbatlas_backup:objective_met:ratio_30d{job="${job}"}`;
  return vi.waitFor(
    async () => {
      const reply = await fetch(`${prometheus.url}/api/v1/rules?type=alert`);
      const rules = ruleReply.parse(await reply.json()).data.groups.flatMap(({ rules }) => rules);
      expect(rules.map(({ health }) => health)).not.toContain('unknown');
      const active = rules.flatMap(({ alerts }) => alerts).length;
      expect(active).toBeGreaterThan(0);
      expect(await prometheus.values('count(ALERTS{alertstate="firing"})')).toEqual([active]);
      expect(await prometheus.values(ratio)).toHaveLength(1);
    },
    { timeout: 60_000, interval: 200 },
  );
}
