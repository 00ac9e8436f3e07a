import { parseArgs } from 'node:util';
import { writeDocument } from './document.ts';
import { goalIds, isGoalId, shortIds } from './goals.ts';
import { newLab } from './lab.ts';
import { machine } from './machine.ts';
import { blocks } from './rows/blocks.ts';
import { heap } from './rows/heap.ts';
import { idle } from './rows/idle.ts';
import { polls } from './rows/polls.ts';
import { requests } from './rows/requests.ts';
import { scrapers } from './rows/scrapers.ts';
import { scrapes } from './rows/scrapes.ts';
import { startUp } from './rows/start.ts';
import { understood } from './rows/understood.ts';
import { countText, rowsOf, tableText } from './table.ts';
import { newReadings, tolerantVerdictOf, verdictOf } from './verdict.ts';

const { values, positionals } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
const { short, write } = values;
const unknown = positionals.filter((id) => !isGoalId(id));
if (unknown.length > 0) {
  process.stderr.write(`no goal ${unknown.join(', ')}; there are ${goalIds.join(' ')}\n`);
  process.exit(2);
}
const named = positionals.filter(isGoalId);
const ids = named.length > 0 ? named : short ? shortIds : goalIds;
if (write && (short || named.length > 0)) {
  process.stderr.write('--write wants the whole table\n');
  process.exit(2);
}

setTimeout(() => {
  process.stderr.write('not done in time\n');
  process.exit(1);
}, maxMs(short)).unref();

const findings = { readings: newReadings(), notes: [] };
const lab = newLab(ids, short, findings);
// What is quick comes first, before anything has warmed up the machine.
const groups = [startUp, scrapes, scrapers, blocks, understood, idle, requests, polls, heap];
for (const group of groups) {
  try {
    await group(lab);
  } catch (error) {
    // What was found so far is worth more than the rest; rows without a reading fail.
    lab.say(`${group.name}: ${error instanceof Error ? error.stack : error}`);
  }
}

const rows = rowsOf({ ids, short }, findings.readings, short ? tolerantVerdictOf : verdictOf);
const seconds = Math.round(performance.now() / 1000);
const on = await machine();
process.stdout.write(
  `\n${tableText(rows)}\n${findings.notes.map((note) => `${note}\n`).join('')}\n`,
);
if (write) await writeDocument(rows, findings.notes, on);
process.stdout.write(`${on}; ${seconds} s\n${countText(rows)}\n`);
// Fleets are kept until the end, and would keep this process.
process.exit(rows.some(({ verdict }) => verdict === 'fails') ? 1 : 0);

/** On machines many times slower than thought. */
function maxMs(short: boolean): number {
  return (short ? 10 : 90) * 60_000;
}
