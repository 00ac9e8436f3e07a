import { type Belief, itemsOf, nextOf } from './naive-belief.ts';
import type { Add } from './naive-cluster.ts';
import { longestGap } from './naive-gap.ts';
import { completedOf, type Past } from './naive-past.ts';

/** What the configuration says, as far as series of schedules depend on it. */
export type Rules = {
  readonly graceSeconds: number;
  /** `match`: project/cluster, in which * is any text and ? any character. The first counts. */
  readonly overrides: readonly { readonly match: string; readonly seconds: number | 'none' }[];
  readonly policyDetails: boolean;
};

const day = 86_400;
const daysOf: Record<string, number> = { days: 1, weeks: 7, months: 30, years: 365 };
const frequencies = ['hourly', 'daily', 'weekly', 'monthly', 'yearly'];

/** The series about the schedule of a cluster, and about what is due, by one belief. */
export function addSchedule(
  add: Add,
  past: Past,
  belief: Belief | undefined,
  rules: Rules,
  current: boolean,
): void {
  const stated = statedOf(past, rules);
  if (stated === 'none') add('exempt', 1);
  const schedule = belief?.schedule;
  // These worlds refuse no schedule: what is believed was read.
  const collector = 'schedule';
  add('collector_refresh_success', belief && 1, { collector });
  add('collector_refresh_last_success_timestamp_seconds', belief?.readAt, { collector });
  const gap = longestGap(itemsOf(schedule));
  const legacyOnly =
    schedule === undefined && completedOf(past.snapshots).at(-1)?.kind === 'legacy';
  const byItself = past.backups.isFlex || legacyOnly ? day : gap;
  const objective = stated === 'none' ? undefined : (stated ?? byItself);
  add('rpo_objective_seconds', objective);
  if (objective !== undefined && past.on && past.backups.cluster.paused !== true) {
    add(
      'snapshot_due_timestamp_seconds',
      dueOf(past, belief, objective, stated) + rules.graceSeconds,
    );
  }
  if (schedule === undefined) return;

  add('schedule_next_snapshot_timestamp_seconds', nextOf(schedule));
  add('schedule_expected_interval_seconds', gap);
  add('auto_export_enabled', Number(schedule.autoExportEnabled));
  if (past.backups.cluster.pitEnabled) {
    add('pit_window_seconds', (schedule.restoreWindowDays ?? Number.NaN) * day);
  }
  const completed = completedOf(past.snapshots);
  for (const frequency of frequencies) {
    const items = itemsOf(schedule).filter(({ frequencyType }) => frequencyType === frequency);
    if (items.length === 0) continue;
    const ids = items.map(({ id }) => id);
    const satisfying = completed.filter((one) => one.items.some((id) => ids.includes(id)));
    const label = { frequency };
    add('policy_last_completed_timestamp_seconds', satisfying.at(-1)?.taken, label);
    if (current) add('policy_completed_snapshots', satisfying.length, label);
    if (!rules.policyDetails) continue;
    const kept = items.map((item) => item.retentionValue * (daysOf[item.retentionUnit] ?? 0) * day);
    add('policy_retention_seconds', Math.max(...kept), label);
    add('policy_interval_seconds', longestGap(items), label);
  }
}

/** What an override says of the cluster. */
function statedOf({ project, backups }: Past, { overrides }: Rules): number | 'none' | undefined {
  const names = [project.name, project.id].map((one) => `${one}/${backups.cluster.name}`);
  return overrides.find(({ match }) => {
    const pattern = new RegExp(`^${match.replaceAll('*', '.*').replaceAll('?', '.')}$`);
    return names.some((name) => pattern.test(name));
  })?.seconds;
}

/** When one more completed snapshot should be there, before any grace. */
function dueOf(
  { snapshots, backups, switchedOnAt = 0, resumedAt }: Past,
  belief: Belief | undefined,
  objective: number,
  stated: number | undefined | 'none',
): number {
  const created = Date.parse(backups.cluster.createDate) / 1000;
  const newest = completedOf(snapshots).at(-1);
  const counted = Math.max(newest?.taken ?? created, switchedOnAt);
  let due = counted + objective;
  if (resumedAt !== undefined) {
    // Nothing ran in the pause. It is over: Atlas has until the run that it announced, but at most
    // as long as if the last snapshot were from now.
    due = Math.max(
      due,
      Math.min(belief?.announced ?? Number.POSITIVE_INFINITY, resumedAt + objective),
    );
  }
  if (belief?.tightened !== undefined && stated === undefined) {
    // Until the schedule asked for more, the old gap was all right; from then on the new one runs.
    const { at, before } = belief.tightened;
    due = Math.max(due, Math.min(counted + before, at + objective));
  }
  return due;
}
