import { isCompleted, type Snapshot, type SnapshotStatus } from '../domain/snapshot.ts';
import type { Html } from './html.ts';
import { badge } from './section.ts';

/** An outcome in words, and how loud it is. */
const statuses: Readonly<Record<SnapshotStatus, readonly [title: string, tone: string]>> = {
  queued: ['Queued', 'info'],
  in_progress: ['In progress', 'info'],
  completed: ['Completed', 'good'],
  failed: ['Failed', 'warning'],
  other: ['Unknown status', 'quiet'],
};

export function statusBadge({ status }: Pick<Snapshot, 'status'>): Html {
  const [title, tone] = statuses[status];
  return badge(tone, title);
}

const frequencies: Readonly<Record<string, string>> = {
  on_demand: 'on demand',
  other: 'unknown frequency',
};

/** `hourly`; `daily, fallback`; for those that Atlas names none of: what kind of snapshot it is. */
export function frequencyWords({ frequency, type, source }: Snapshot): string {
  const often =
    frequency === undefined
      ? { cloud: 'unnamed', flex: 'flex', legacy: 'legacy' }[source]
      : undefined;
  const said = often ?? frequencies[frequency ?? ''] ?? frequency ?? '';
  return type === 'fallback' ? `${said}, fallback` : said;
}

/** When it was taken; while it is not completed, when it was requested. */
export function shownAt(snapshot: Snapshot): number {
  return isCompleted(snapshot) ? snapshot.takenAt : snapshot.requestedAt;
}
