import { type Collected, isDue } from '../../domain/collected.ts';
import { collectorFacts, type SwitchableCollector } from '../../domain/collectors.ts';
import type { Deadline } from '../transport/message.ts';
import type { SurveyedAccount } from './account.ts';
import type { ClusterFacts, Reader } from './collector-reader.ts';
import type { AccountReader } from './scope.ts';
import type { SurveyRun } from './survey-run.ts';

/** One reading that is due. */
export type DueRead = {
  readonly name: SwitchableCollector;
  /** Name of the account, id of the project, or key of the cluster. */
  readonly key: string;
  readonly read: (deadline: Deadline) => Promise<unknown>;
};

/** What of the fleet a collector reads: `key` in the fleet, `id` to spread the readings by. */
type SubjectOf<Subject> = {
  readonly subject: Subject;
  readonly key: string;
  readonly id: string;
  readonly collected: Collected | undefined;
  readonly facts?: ClusterFacts;
};

/** The readings of one subject that are due. */
export function dueReads<Subject>(
  readers: readonly Reader<string, Subject>[],
  account: SurveyedAccount,
  { subject, key, id, collected, facts }: SubjectOf<Subject>,
  { begunAt, note }: SurveyRun,
): readonly DueRead[] {
  return readers
    .filter(({ appliesTo }) => appliesTo(subject))
    .filter(({ name, isDue: decides }) =>
      facts !== undefined && decides !== undefined
        ? decides(facts)
        : isDue(name, collected?.[name], id, begunAt),
    )
    .map((reader) => dueRead(reader, account, { subject, key }, note));
}

/** A function of its own: what waits must not hold on to the listing by which it was found due. */
function dueRead<Subject>(
  { name, read }: Reader<string, Subject>,
  account: SurveyedAccount,
  { subject, key }: Pick<SubjectOf<Subject>, 'subject' | 'key'>,
  note: SurveyRun['note'],
): DueRead {
  return { name, key, read: (deadline) => read(account, subject, deadline, note) };
}

/** Behind all else that waits: no snapshot is read later for it. */
const lowest = Number.NEGATIVE_INFINITY;

/** Reads what is due. One of it waits in the queue at a time, as with snapshots. */
export async function collect(
  reader: AccountReader,
  due: readonly DueRead[],
  run: SurveyRun,
): Promise<void> {
  run.expect(due.length);
  const reads: Promise<void>[] = [];
  for (const one of due) {
    run.expect(-1);
    await new Promise<void>((begun) => {
      const work = async () => {
        begun();
        await collectOne(reader, one, run);
      };
      reads.push(run.queued(work, lowest));
    });
  }
  await Promise.all(reads);
}

async function collectOne(
  reader: AccountReader,
  { name, key, read }: DueRead,
  run: SurveyRun,
): Promise<void> {
  // Beyond the core nothing makes a poll longer than its interval: it is left for the next one.
  const late = run.clock() - run.begunAt > run.collectForSeconds;
  if (late && !collectorFacts[name].core) return;
  const outcomes = run.collected.get(name) ?? new Map();
  run.collected.set(name, outcomes);
  outcomes.set(key, await reader.read(key, () => read(run.request)));
}
