import { failureReasons } from '../../src/domain/failure.ts';
import { type Elsewhere, elsewhere } from '../../test/faults/elsewhere.ts';
import type { Expected, Place, Row } from '../../test/faults/row.ts';
import { rows } from '../../test/faults/rows.ts';
import { type Subject, subjects } from '../../test/fuzz/subjects.ts';
import { measured, settledAfter, soak } from '../../test/scale/soak-figures.ts';
import { code, origin, table } from '../markdown.ts';

const places: Readonly<Record<Place, string>> = {
  snapshots: 'snapshots of a cluster',
  sharded: 'snapshots of a sharded cluster',
  flex: 'snapshots of a flex cluster',
  schedule: 'schedule of a cluster',
  clusters: 'clusters of a project',
  projects: 'list of projects',
  everything: 'every request',
  token: 'access token',
};

const sections: Readonly<Record<string, string>> = {
  AU: 'Digest authentication',
  OA: 'Service accounts',
  PE: 'Permissions and scope',
  RL: 'Rate limits',
  NT: 'Transport',
  BD: 'Bodies',
  PG: 'Pages',
  DT: 'Data',
  CK: 'Time',
  SV: 'Serving',
  LC: 'Life of the process',
  CF: 'Configuration',
  SE: 'Security',
};

const perRow = 3;

/** How often rows are played. Without a poll before, a token that still works cannot be had. */
export function figures(): { readonly rows: number; readonly runs: number } {
  const fromTheStart = rows.filter(({ stepSeconds }) => stepSeconds === undefined).length;
  return { rows: rows.length, runs: (perRow - 1) * rows.length + fromTheStart };
}

function behaviour(expected: Expected): string {
  switch (expected.kind) {
    case 'fails':
      return `Fails as \`${expected.reason}\`; known data stays.`;
    case 'absorbed':
      return 'Nothing differs on the page.';
    case 'doubted':
      return 'Not accepted until the next poll confirms it.';
    case 'confirmed':
      return 'Nothing is removed until the next listing confirms it.';
    case 'taken': {
      const { rejected, unknown } = expected;
      if (rejected !== undefined) return `Such records are skipped and counted as \`${rejected}\`.`;
      if (unknown !== undefined) return `Unknown values of \`${unknown}\` are counted.`;
      return 'Accepted, without the bad parts.';
    }
  }
}

const introduction = () => `# Reliability

<!-- ${origin('docs', 'the tables in test/faults, test/fuzz and test/scale')} -->

What can go wrong between the exporter and Atlas, and what the exporter then does. Every line of the
first tables is a test of the whole exporter over real HTTP with that fault, in three ways: from the
start, between good polls, and until it is over. ${figures().rows} faults are tested in ${figures().runs} runs; \`npm run
faults\` runs them all, \`npm test\` a selection.

## Promises

After every poll of every run, all of these are checked:

- **Never fresher than Atlas.** No page shows a newer backup than Atlas has.
- **Success comes last.** \`*_refresh_success\` is 1, and its timestamp moves, only after a complete listing.
- **One poll per page.** While a poll runs, a scrape returns the complete data of the previous one, within
  a second.
- **No spill-over.** What the fault does not affect is exported exactly as without the fault.
- **Failure deletes nothing.** Known data stays and grows older; what is missing from a listing is removed
  only when a second one confirms it.
- **Limits.** Requests, bytes and time of a poll stay below fixed limits.
- **No secret leaks**, in any page or log line.
- **It only reads**, and only the listings it needs; it follows no link and no redirect.
- **Everything is counted.** Every request that reaches Atlas is counted, and every failure has its reason.
- **It recovers by itself.** Two polls after the fault the page is that of a process just started, except
  for what only a process that was there can know.

The reasons of failures, as in the label \`reason\`:

${table(
  ['Reason', 'Meaning'],
  Object.entries(failureReasons).map(([reason, words]) => [code(reason), words]),
)}`;

/** The matrix as Markdown. */
export function reliabilityPage(): string {
  const all = Object.entries(sections).map(([prefix, title]) => {
    const played = rows.filter(({ id }) => id.startsWith(`${prefix}-`));
    const others = elsewhere.filter(([id]) => id.startsWith(`${prefix}-`));
    return [`\n## ${title}\n`, playedTable(played), othersTable(others)].join('');
  });
  return introduction() + all.join('') + fuzzing() + soaking();
}

const yesOrNo = (yes: boolean) => (yes ? 'yes' : '**no**');
const thousands = (count: number) => count.toLocaleString('en');

function fuzzing(): string {
  const all: readonly Subject[] = Object.values(subjects);
  const sumOf = (length: 'short' | 'long') =>
    thousands(all.reduce((sum, subject) => sum + subject[length], 0));
  const rows = all.map(({ title, property, file, short, long }) => [
    `[${title}](../test/fuzz/${file}.test.ts)`,
    property,
    thousands(short),
    thousands(long),
  ]);
  return `
## Random cases

\`npm test\` runs ${sumOf('short')} random cases, \`npm run fuzz\` at most ${sumOf('long')} within ten minutes; both
print the seed, and \`FUZZ_SEED\` repeats a run.

${table(['Cases', 'Property', 'Short run', 'Long run'], rows)}`;
}

/** With what was measured last; the bounds are those that the test holds. */
function soaking(): string {
  const { clusters, intervalSeconds, polls, faults, max } = soak;
  const days = (polls.long * intervalSeconds) / 86_400;
  const percent = (share: number) => `${Math.round(share * 100)} %`;
  const names = faults.map((fault) => `\`${fault.split(':')[0]}\``).join(', ');
  const share = faults.reduce((sum, fault) => sum + Number(fault.split(':')[1]), 0);
  return `
## Long runs

\`npm run soak\` runs ${thousands(polls.long)} polls of ${clusters} clusters, which are ${days} days, on an injected clock;
\`npm run scale\` ${thousands(polls.short)} of them. Clusters come and go meanwhile, and ${percent(share)} of all replies are
faulty: ${names}.
It prints how many polls it played and how many had failures. Compared with poll ${thousands(settledAfter(polls.long))}, the heap may be
${percent(max.heap - 1)} larger at the end, ${max.handles} more handles may be open, and the series may be ${percent(max.series)} more or fewer.

The last long run had failures in ${thousands(measured.failures)} of ${thousands(measured.polls)} polls:

${soakTable()}`;
}

function soakTable(): string {
  const { max } = soak;
  const { heapMiB, handles, series } = measured;
  const atPoll = thousands(settledAfter(measured.polls));
  return table(
    ['Measure', `At poll ${atPoll}`, 'Maximum', 'At the end', 'Within its limit'],
    [
      [
        'Heap after collecting garbage',
        ...[heapMiB.settled, heapMiB.peak, heapMiB.end].map((size) => `${size} MiB`),
        yesOrNo(heapMiB.end / heapMiB.settled < max.heap),
      ],
      [
        'Open handles',
        ...[handles.settled, handles.peak, handles.end].map(String),
        yesOrNo(handles.end <= handles.settled + max.handles),
      ],
      [
        'Series',
        ...[series.settled, series.peak, series.end].map(thousands),
        yesOrNo(Math.abs(series.end / series.settled - 1) < max.series),
      ],
    ],
  );
}

function playedTable(played: readonly Row[]): string {
  if (played.length === 0) return '';
  const groups = Map.groupBy(played, ({ id, title, expected }) =>
    [id, title, behaviour(expected)].join('\0'),
  );
  const rows = [...groups].map(([key, same]) => [
    ...key.split('\0'),
    same.map(({ at }) => places[at]).join(', '),
  ]);
  return `\n${table(['Id', 'Fault', 'Behaviour', 'Affects'], rows.toSorted(byText))}`;
}

const byText = (one: readonly string[], other: readonly string[]) =>
  one.join() < other.join() ? -1 : 1;

function othersTable(others: typeof elsewhere): string {
  if (others.length === 0) return '';
  const rows = others.map(([id, fault, where]) => [id, fault, testedWhere(where)]);
  return `\n${table(['Id', 'Fault', 'Test'], rows)}`;
}

function testedWhere(where: Elsewhere): string {
  switch (where.kind) {
    case 'tested':
      return where.by.map((file) => `[${file}](../${file})`).join(', ');
    case 'untestable':
      return `none: ${where.because}`;
  }
}
