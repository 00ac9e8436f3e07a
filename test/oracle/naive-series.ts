import type { Belief } from './naive-belief.ts';
import { type Add, addCluster } from './naive-cluster.ts';
import { newHashes, policyText } from './naive-hashes.ts';
import { type Past, read } from './naive-past.ts';
import { addSchedule, type Rules } from './naive-schedule.ts';
import type { RawReading } from './raw-replies.ts';
import { byCluster, differences, type Series, seriesKey } from './series.ts';

const staleAfter = 3600;

/**
 * The catalogue of metrics read naively: from the raw replies of each poll in turn to the series
 * that a scrape should show. Only what the simulator can answer is thought of.
 */
export function naiveReader(account: string, rules: Rules) {
  const known = new Map<string, Past>();
  const hashes = newHashes();
  let projects: RawReading = [];
  let polledAt = 0;

  /** All series of a cluster, if that is what the exporter believes of its schedule. */
  const seriesBy = (past: Past, belief: Belief | undefined, page: Series, scrapedAt: number) => {
    const series: Series = new Map();
    const { project, backups } = past;
    const identity = {
      project_id: project.id,
      project: project.name,
      cluster: backups.cluster.name,
    };
    const add: Add = (name, value, labels = {}) => {
      if (value === undefined || !Number.isFinite(value)) return;
      series.set(seriesKey(`mongodbatlas_backup_${name}`, { ...identity, ...labels }), value);
    };
    const current = polledAt - past.readAt <= staleAfter;
    addCluster(add, past, account, current, scrapedAt);
    addSchedule(add, past, belief, rules, current);
    const hash = page.get(seriesKey('mongodbatlas_backup_schedule_hash', identity));
    if (belief?.schedule !== undefined) {
      add('schedule_hash', hashes.expected(belief.schedule, hash));
    }
    const wrong = Object.values(differences(page, series)).flat().length;
    return { belief, series, hash, wrong };
  };

  /** Keeps of the possible beliefs those that explain best what is shown of a cluster. */
  const settle = (key: string, past: Past, page: Series, scrapedAt: number): Series => {
    const possible = past.beliefs.length === 0 ? [undefined] : past.beliefs;
    const all = possible.map((belief) => seriesBy(past, belief, page, scrapedAt));
    const least = Math.min(...all.map(({ wrong }) => wrong));
    const best = all.filter(({ wrong }) => wrong === least);
    known.set(key, { ...past, beliefs: best.flatMap(({ belief }) => belief ?? []) });
    const policies = best.flatMap(({ belief }) => belief?.schedule ?? []);
    const [policy] = policies;
    const hash = best[0]?.hash;
    if (
      policy !== undefined &&
      hash !== undefined &&
      new Set(policies.map(policyText)).size === 1
    ) {
      hashes.learn(policy, hash);
    }
    return best.at(-1)?.series ?? new Map();
  };

  return {
    poll(reading: RawReading, now: number): void {
      projects = reading;
      polledAt = now;
      const listed = new Set<string>();
      for (const { project, clusters } of reading) {
        for (const backups of clusters) {
          const key = `${project.id}/${backups.cluster.name}`;
          listed.add(key);
          const before = known.get(key);
          const same = before?.backups.cluster.id === backups.cluster.id ? before : undefined;
          known.set(key, read(project, backups, same, now));
        }
      }
      for (const [key, past] of known) {
        const missing = listed.has(key) ? 0 : past.missing + 1;
        if (missing === 2) known.delete(key);
        else known.set(key, { ...past, missing });
      }
    },

    /**
     * What this page should show. Where several schedules can be believed, the page itself says
     * which, and must then agree with that one in everything, now and later.
     */
    series(scrapedAt: number, page: Series): Series {
      const series: Series = new Map();
      for (const { project, clusters } of projects) {
        const identity = { project_id: project.id, project: project.name };
        const add: Add = (name, value = Number.NaN, labels = {}) =>
          series.set(seriesKey(`mongodbatlas_backup_${name}`, { ...identity, ...labels }), value);
        add('project_info', 1, { org_id: project.orgId, account });
        add('project_clusters', clusters.length);
        add('project_refresh_success', 1);
        add('project_refresh_last_success_timestamp_seconds', polledAt);
      }
      const pages = byCluster(page);
      for (const [key, past] of known) {
        const all = settle(key, past, pages.get(key) ?? new Map(), scrapedAt);
        for (const [name, value] of all) series.set(name, value);
      }
      return series;
    },

    /** Which collectors should say that their last pass had no failure. */
    collectors(): Readonly<Record<string, number>> {
      const worked = [...known.values()].every((past) => past.worked);
      return { clusters: 1, snapshots: Number(worked), schedule: 1 };
    },

    /** How many clusters have a schedule that is older than the last poll, by what the page says. */
    olderSchedules(): number {
      return [...known.values()].filter(({ beliefs }) =>
        beliefs.some(({ readAt }) => readAt < polledAt),
      ).length;
    },
  };
}
