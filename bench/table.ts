import { type Goal, type GoalId, goals, type Part, type Unit } from './goals.ts';
import { figure, summary } from './stats.ts';
import type { Reading, Readings, Verdict, verdictOf } from './verdict.ts';

export type Row = {
  readonly id: GoalId;
  readonly what: string;
  readonly measured: string;
  readonly must: string;
  readonly reach: string;
  readonly verdict: Verdict;
};

export type Chosen = {
  readonly ids: readonly GoalId[];
  /** Leaves out what is beyond 1,000 clusters. */
  readonly short: boolean;
};

export function rowsOf(
  chosen: Chosen,
  readings: Readings,
  judge: typeof verdictOf,
): readonly Row[] {
  return goals
    .filter(({ id }) => chosen.ids.includes(id))
    .flatMap((goal) =>
      partsOf(goal, chosen).map((part) => {
        const reading = readings.of(goal.id, part.name);
        return {
          id: goal.id,
          what: part.name === '' ? goal.what : `${goal.what}: ${part.name}`,
          measured: measuredText(reading, goal.unit),
          must: boundText(goal, part.must),
          reach: boundText(goal, part.reach),
          verdict: judge(goal, part, reading),
        };
      }),
    );
}

function partsOf(goal: Goal, { short }: Chosen): readonly Part[] {
  return goal.parts.filter(({ large }) => !short || large !== true);
}

function measuredText(reading: Reading | undefined, unit: Unit): string {
  if (reading === undefined) return 'not measured';
  if (reading.kind === 'skipped') return `skipped: ${reading.why}`;
  const { median, min, max } = summary(reading.values);
  if (unit === 'yes') return median === 1 ? 'yes' : 'no';
  const spread = reading.values.length > 1 ? ` (${figure(min)}–${figure(max)})` : '';
  return `${figure(median)}${spread}${suffix(unit)}`;
}

function boundText({ better, unit }: Goal, bound: number | undefined): string {
  if (bound === undefined) return '';
  if (unit === 'yes') return 'yes';
  return `${better === 'less' ? '≤' : '≥'} ${figure(bound)}${suffix(unit)}`;
}

function suffix(unit: Unit): string {
  return unit === 'times' ? '' : ` ${unit}`;
}

const head = ['#', 'Goal', 'Measured', 'Must', 'Reach', ''];

function cellsOf({ id, what, measured, must, reach, verdict }: Row): readonly string[] {
  return [id, what, measured, must, reach, verdict];
}

/** For a terminal. */
export function tableText(rows: readonly Row[]): string {
  const lines = [head, ...rows.map(cellsOf)];
  const widths = head.map((_, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  );
  return lines
    .map((line) => line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
    .map((line) => `${line.trimEnd()}\n`)
    .join('');
}

export function tableMarkdown(rows: readonly Row[]): string {
  const lines = [head, ['---', '---', '---:', '---:', '---:', '---'], ...rows.map(cellsOf)];
  return lines.map((cells) => `| ${cells.join(' | ')} |\n`.replaceAll('|  |', '| |')).join('');
}

/** `12 passed, 1 failed, 2 skipped`. */
export function countText(rows: readonly Row[]): string {
  const count = (...verdicts: readonly Verdict[]) =>
    rows.filter(({ verdict }) => verdicts.includes(verdict)).length;
  const skipped = count('skipped');
  const ending = skipped === 0 ? '' : `, ${skipped} skipped`;
  return `${count('reached', 'holds', 'missed')} passed, ${count('fails')} failed${ending}`;
}
