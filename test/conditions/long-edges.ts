import { completed, day, hour, noon } from '../domain/snapshots.ts';
import { around, pollsAround, sides, withOne } from './edges.ts';
import type { History, Script } from './history.ts';

const timing = { pollIntervalSeconds: 300, sweepIntervalSeconds: 0 };
/** The scrapes of the last quarter of an hour, when nothing is polled. */
const lately = [900, 600, 300, 0].map((ago) => noon - ago);

/** So long before the end the exporter sees nothing any more. */
const limit = 4 * 300;
const failing = (until: number): Script => ({ ...withOne(noon - hour), readUntil: until });
const free: Script = {
  facts: () => ({ instanceSize: 'M0', backupEnabled: false }),
  snapshots: () => [],
};

/** Exporters that see nothing of Atlas, or just do. */
const blind: readonly History[] = sides.flatMap(([side, offset]) => {
  const until = noon - limit + offset;
  const upTo = { ...{ timing, end: noon }, polls: pollsAround([limit], 300, hour) };
  return [
    {
      ...upTo,
      exporter: `stopped polling, ${side}`,
      polls: upTo.polls.filter((at) => at <= until),
      scrapes: lately,
      clusters: { well: withOne(noon - hour) },
    },
    {
      ...upTo,
      exporter: `reads nothing, ${side}`,
      scrapes: [],
      clusters: { first: failing(until), second: failing(until), free },
    },
    {
      ...upTo,
      exporter: `stopped polling what it read in part, ${side}`,
      polls: upTo.polls.filter((at) => at <= until),
      scrapes: lately,
      clusters: { well: withOne(noon - hour), failing: failing(noon - hour) },
    },
    {
      ...upTo,
      exporter: `reads in part, ${side}`,
      scrapes: [],
      clusters: { well: withOne(noon - hour), failing: failing(until) },
    },
  ];
});

/**
 * Prometheus looks for what was so within a day in steps of ten minutes; at this end one of them is
 * within half a second of the edge.
 */
const end = noon - 0.5;
const happensAt = (offset: number) => end - day + offset;
const scheduled = { policyItemIds: ['hourly item'] };
const byDemand = { type: 'on_demand', frequency: 'on_demand' } as const;
const silent = {
  snapshots: (at: number) =>
    [completed(noon - 40 * hour, scheduled), completed(noon - hour, byDemand)].filter(
      ({ requestedAt }) => requestedAt <= at,
    ),
};

const ofADay: History = {
  exporter: 'edges of a day',
  timing,
  polls: [
    noon - day - hour,
    ...[-1, 0, 1].map(happensAt),
    ...[20, 15, 10, 5, 0].map((minutes) => end - minutes * 60),
  ],
  scrapes: [],
  end,
  clusters: {
    ...around('emptied', (offset) => ({
      snapshots: (at) =>
        at < happensAt(offset)
          ? [completed(noon - 2 * day, { expiresAt: happensAt(offset) - 1 })]
          : [],
    })),
    ...around('silent-resumed', (offset) => ({
      ...silent,
      facts: (at) => ({ paused: at < happensAt(offset) }),
    })),
    'silent paused': { ...silent, facts: (at) => ({ paused: at >= end - 600 }) },
    'silent off': { ...silent, facts: (at) => ({ backupEnabled: at < end - 600 }) },
    ...around('silent-switched-on', (offset) => ({
      ...silent,
      facts: (at) => ({ backupEnabled: at >= happensAt(offset) }),
    })),
  },
};

const week = 7 * day;
const paused = (more: Partial<Script> = {}): Script => ({
  facts: () => ({ paused: true }),
  snapshots: () => [completed(noon - 8 * day, { expiresAt: noon + 90 * day })],
  ...more,
});

const ofAWeek: History = {
  exporter: 'edges of a week',
  timing,
  polls: [
    ...[2 * hour, 1800, 1, 0, -1].map((before) => noon - week - before),
    ...[6, 5, 4, 3, 2, 1].map((days) => noon - days * day),
    ...[2 * hour, 900, 600, 300, 0].map((ago) => noon - ago),
  ],
  scrapes: [],
  end: noon,
  clusters: {
    ...around('paused', (offset) => paused({ since: noon - week + offset })),
    'paused after it ran': paused({ facts: (at) => ({ paused: at >= noon - week - hour }) }),
    'paused and resumed between': paused({ facts: (at) => ({ paused: at !== noon - 3 * day }) }),
    'paused and resumed': paused({ facts: (at) => ({ paused: at < noon - 300 }) }),
    'paused and unread': paused({ readUntil: noon - 2 * hour }),
    'paused without snapshots': paused({ snapshots: () => [] }),
    'paused with a snapshot for ever': paused({
      snapshots: () => [completed(noon - 8 * day, { expiresAt: Number.POSITIVE_INFINITY })],
    }),
  },
};

export const longHistories: readonly History[] = [...blind, ofADay, ofAWeek];
