/** The ids of the goals, in the order of the table. */
export const goalIds = [
  ...(['S1', 'S2', 'S3', 'S4', 'S5', 'S6', 'S7', 'S8', 'S9', 'S10'] as const),
  ...(['P1', 'P2', 'P3', 'P4', 'A1', 'A2', 'M1', 'M2', 'U1'] as const),
] as const;

export type GoalId = (typeof goalIds)[number];

/** `yes`: 1 is yes and 0 is no. `times` is a ratio within one run. */
export type Unit = 'times' | 'ms' | 'ms/s' | 'KB' | 'MiB' | 'yes';

/** One number of a goal. */
export type Part = {
  /** Empty when the goal has only this one. */
  readonly name: string;
  /** What has to hold; leaves room for noise. */
  readonly must?: number;
  /** What is thought possible. */
  readonly reach?: number;
  /** Beyond what the short form measures. */
  readonly large?: true;
};

export type Goal = {
  readonly id: GoalId;
  readonly what: string;
  /** One sentence for whoever reads the table for the first time. */
  readonly meaning: string;
  readonly unit: Unit;
  readonly better: 'less' | 'more';
  readonly parts: readonly Part[];
};

const small = '1,000 clusters';
const large = '10,000 clusters';

/** `cached`: without ages on the page; `default`: with them. */
export const goals: readonly Goal[] = [
  {
    id: 'S1',
    what: 'gzip scrape of 10,000 clusters, cached / a kept buffer',
    meaning:
      'How much longer a scrape without ages takes than fastify needs to send a kept buffer of the same size.',
    unit: 'times',
    better: 'less',
    parts: [{ name: '', must: 2.5, reach: 1.5 }],
  },
  {
    id: 'S2',
    what: 'gzip scrape of 1,000 clusters, cached / a kept buffer',
    meaning: 'The same for the smaller fleet.',
    unit: 'times',
    better: 'less',
    parts: [{ name: '', must: 3, reach: 2 }],
  },
  {
    id: 'S3',
    what: 'client_golang / gzip scrape, default',
    meaning:
      'How much longer client_golang takes for the same series than a scrape with ages that shares its page with no other.',
    unit: 'times',
    better: 'more',
    parts: [
      { name: small, must: 15, reach: 25 },
      { name: large, must: 30, reach: 60, large: true },
    ],
  },
  {
    id: 'S4',
    what: 'prom-client / gzip scrape, default',
    meaning: 'The same for prom-client, used as its README shows.',
    unit: 'times',
    better: 'more',
    parts: [
      { name: small, must: 15, reach: 25 },
      { name: large, must: 30, reach: 60, large: true },
    ],
  },
  {
    id: 'S5',
    what: 'client_golang, prom-client / gzip scrape, cached',
    meaning: 'The same two against a scrape without ages.',
    unit: 'times',
    better: 'more',
    parts: [
      { name: `client_golang, ${small}`, must: 40, reach: 90 },
      { name: `client_golang, ${large}`, must: 200, reach: 500, large: true },
      { name: `prom-client, ${small}`, must: 40, reach: 90 },
      { name: `prom-client, ${large}`, must: 200, reach: 500, large: true },
    ],
  },
  {
    id: 'S6',
    what: 'longest block by a scrape, 10,000 clusters, default',
    meaning:
      'The longest time that the event loop computes without a pause while scrapes are answered.',
    unit: 'ms',
    better: 'less',
    parts: [{ name: '', must: 25, reach: 5 }],
  },
  {
    id: 'S7',
    what: 'longest block otherwise, 10,000 clusters',
    meaning:
      'The same from the start of a poll until its page is shown, while listings of 500 snapshots are read, and by the status page.',
    unit: 'ms',
    better: 'less',
    parts: [
      { name: 'a poll and its page', must: 50, reach: 15 },
      { name: 'listings of 500 snapshots', must: 50, reach: 15 },
      { name: 'the status page', must: 50, reach: 15 },
    ],
  },
  {
    id: 'S8',
    what: 'scrapes a second by 4 scrapers, 1,000 clusters, default / client_golang',
    meaning: 'How many times as many scrapes as client_golang it answers when four ask at once.',
    unit: 'times',
    better: 'more',
    parts: [{ name: '', must: 30, reach: 300 }],
  },
  {
    id: 'S9',
    what: 'the whole page is understood',
    meaning:
      'promtool finds nothing wrong with the page, and a real Prometheus is up and counts every sample.',
    unit: 'yes',
    better: 'more',
    parts: [
      { name: 'promtool', must: 1, reach: 1 },
      { name: 'Prometheus', must: 1, reach: 1 },
    ],
  },
  {
    id: 'S10',
    what: 'CPU of an idle second',
    meaning: 'What it computes without polls and scrapes.',
    unit: 'ms/s',
    better: 'less',
    parts: [{ name: '', must: 1, reach: 0.1 }],
  },
  {
    id: 'P1',
    what: 'poll at 80 ms latency / the ideal',
    meaning:
      'How much longer a poll takes than its requests need if always as many as allowed are under way.',
    unit: 'times',
    better: 'less',
    parts: [
      { name: `${small}, 10 at a time`, must: 1.1, reach: 1.05 },
      { name: `${large}, 50 at a time`, must: 1.12, reach: 1.07, large: true },
    ],
  },
  {
    id: 'P2',
    what: 'CPU of a poll of 10,000 clusters / Go',
    meaning:
      'CPU of a poll against a client in Go (net/http, encoding/json) that makes the same requests.',
    unit: 'times',
    better: 'less',
    parts: [{ name: '', must: 0.7, reach: 0.45, large: true }],
  },
  {
    id: 'P3',
    what: 'CPU of a poll / JSON.parse of the same bodies',
    meaning: 'CPU of a poll against the parsing of its bodies alone.',
    unit: 'times',
    better: 'less',
    parts: [
      // Between so few requests the machine sleeps, and every one of them wakes it.
      { name: small, reach: 4 },
      { name: large, must: 6, reach: 4, large: true },
    ],
  },
  {
    id: 'P4',
    what: 'requests answered 401',
    meaning: 'Every nonce of digest authentication costs one refused request, and none is wasted.',
    unit: 'times',
    better: 'less',
    parts: [
      { name: 'a nonce', must: 1 },
      { name: 'a process', reach: 1 },
    ],
  },
  {
    id: 'A1',
    what: 'requests of a full poll / (⌈projects/500⌉ + clusters)',
    meaning: 'Mean requests of a poll that asks every cluster, over six hours, against the fewest.',
    unit: 'times',
    better: 'less',
    parts: [{ name: '', must: 1.1, reach: 1.03 }],
  },
  {
    id: 'A2',
    what: 'requests of an adaptive poll / clusters, 6-hourly policy, 1,000 clusters',
    meaning: 'Mean requests a poll and cluster in mode adaptive, over six hours.',
    unit: 'times',
    better: 'less',
    parts: [
      { name: 'swept every hour', must: 0.2 },
      { name: 'swept every 12 hours', reach: 0.07 },
    ],
  },
  {
    id: 'M1',
    what: 'heap kept a cluster, text apart',
    meaning: 'What a cluster keeps in the heap between polls, of 10,000 and without ages.',
    unit: 'KB',
    better: 'less',
    parts: [{ name: '', must: 4, reach: 2, large: true }],
  },
  {
    id: 'M2',
    what: 'peak resident memory over 3 polls and 20 scrapes',
    meaning: 'The most memory that the process has used, as a container is charged for it.',
    unit: 'MiB',
    better: 'less',
    parts: [
      { name: small, must: 160, reach: 125 },
      { name: large, must: 300, reach: 200, large: true },
    ],
  },
  {
    id: 'U1',
    what: 'start to first page / node:http alone',
    meaning: 'How long after its start the program answers, against a server that does nothing.',
    unit: 'times',
    better: 'less',
    parts: [{ name: '', must: 4, reach: 2.5 }],
  },
];

/** Those of a run that is to be over in a minute and a half, with 1,000 clusters at most. */
export const shortIds: readonly GoalId[] = [
  ...(['S1', 'S2', 'S4', 'S5', 'S6', 'S7', 'S9'] as const),
  ...(['P3', 'P4', 'M2', 'U1'] as const),
];

export function isGoalId(text: string): text is GoalId {
  return goalIds.some((id) => id === text);
}
