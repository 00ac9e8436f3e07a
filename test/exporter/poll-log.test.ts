import { expect, test } from 'vitest';
import { failedReads } from '../../src/domain/failed-reads.ts';
import { advance, newFleet } from '../../src/domain/fleet.ts';
import { firstGeneration, type Generation, nextGeneration } from '../../src/domain/generation.ts';
import { pollLog } from '../../src/exporter/poll-log.ts';
import { cluster, type Found, report, timeout } from '../domain/reports.ts';
import { completed, noon } from '../domain/snapshots.ts';

/** What is logged at level info or above, poll by poll. */
function logging(tag = '') {
  let lines: unknown[] = [];
  const tell = (facts: unknown, text?: unknown) => void lines.push([facts, text]);
  const write = pollLog({ debug: () => undefined, info: tell, warn: tell, error: tell }, () => tag);
  let generation: Generation = firstGeneration(newFleet([{ name: 'a', namedProjects: [] }]), [
    'clusters',
    'snapshots',
    'schedule',
  ]);
  return (found: Found) => {
    lines = [];
    const made = report(found);
    generation = nextGeneration(generation, advance(generation.fleet, made), made, 2);
    write(generation, made, failedReads(made, generation.fleet));
    return lines;
  };
}

const good: Found = {
  projects: { a: ['p'] },
  clusters: { p: ['x', 'y'] },
  backups: { 'p/x': [completed(noon)], 'p/y': [completed(noon)] },
  schedules: { 'p/x': null, 'p/y': null },
};

test('a failure is logged when it comes and when it goes, with its number, not at every poll', () => {
  const poll = logging();
  poll(good);
  const failing = { ...good, schedules: { 'p/x': timeout, 'p/y': timeout } };
  expect(poll(failing)).toMatchObject([
    [{ collector: 'schedule', reason: 'timeout', scope: 'p/x', reads: 2 }, expect.any(String)],
  ]);
  expect(poll(failing)).toEqual([]);
  expect(poll(good)).toMatchObject([
    [{ collector: 'schedule', reason: 'timeout' }, 'reads recovered'],
  ]);
});

test('a tag that is no duration is logged once, with its cluster, and again when it changes', () => {
  const poll = logging('backup-rpo');
  const tagged = (value: string): Found => ({
    ...good,
    clusters: { p: [cluster('p/x', { tags: [{ key: 'backup-rpo', value }] }), 'y'] },
  });
  const about = (value: string) => [
    [{ scope: 'p/x', tag: 'backup-rpo', value }, expect.stringContaining('12h')],
  ];
  poll(good);
  expect(poll(tagged('daily'))).toEqual(about('daily'));
  expect(poll(tagged('daily'))).toEqual([]);
  expect(poll(tagged('12'))).toEqual(about('12'));
  expect(poll(tagged('12h'))).toEqual([]);
});

test('a listing that contradicts the one before is logged until a second one confirms it', () => {
  const poll = logging();
  poll(good);
  const lacking: Found = { ...good, backups: { ...good.backups, 'p/x': [] } };
  expect(poll(lacking)).toMatchObject([
    [
      { collector: 'snapshots', reason: 'unconfirmed', scope: 'p/x', reads: 1 },
      expect.stringContaining('second listing'),
    ],
  ]);
  expect(poll(lacking)).toEqual([
    [{ collector: 'snapshots', reason: 'unconfirmed' }, 'reads recovered'],
  ]);
});
