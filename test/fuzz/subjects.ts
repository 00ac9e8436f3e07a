/** What is fuzzed, and how often. */
export type Subject = {
  readonly title: string;
  /** Must hold of every case; the name of the test. */
  readonly property: string;
  /** In `test/fuzz`, without `.test.ts`. */
  readonly file: string;
  /** How many cases `npm test` plays, and how many `npm run fuzz` plays at most. */
  readonly short: number;
  readonly long: number;
};

export const subjects = {
  records: {
    title: 'Records of every kind, with fields left out, exchanged and made up',
    property:
      'no decoder throws, every record is accepted or rejected, and what is added is ignored',
    file: 'records',
    short: 2_000,
    long: 200_000,
  },
  dates: {
    title: 'Dates of Atlas, in processes of five time zones',
    property: 'every date is read as by counting days, and alike in all zones',
    file: 'dates',
    short: 1_000,
    long: 100_000,
  },
  httpDates: {
    title: 'Dates in headers, in processes of five time zones',
    property:
      'every date of a header is read back, one without a zone never, and all alike in all zones',
    file: 'dates',
    short: 500,
    long: 100_000,
  },
  challenges: {
    title: 'WWW-Authenticate headers of any bytes',
    property:
      'reading ends, nothing throws, and what is answered repeats nonce and realm but no key',
    file: 'challenges',
    short: 2_000,
    long: 500_000,
  },
  writtenChallenges: {
    title: 'WWW-Authenticate headers written by the rules',
    property: 'every challenge that is written by the rules is read back',
    file: 'challenges',
    short: 500,
    long: 200_000,
  },
  rateLimits: {
    title: 'Retry-After and RateLimit headers of any text, in rows of answers',
    property:
      'nothing is sent before the time that was asked for, three times, or later than allowed',
    file: 'rate-limits',
    short: 1_000,
    long: 200_000,
  },
  labels: {
    title: 'Names of any text, through a whole page and a strict parser',
    property:
      'every text comes back from every format as it was, or mended and apart from all others',
    file: 'labels',
    short: 60,
    long: 10_000,
  },
  labelValues: {
    title: 'Label values of any text, through a strict parser',
    property: 'every value comes back as it was, or mended, and no two come back alike',
    file: 'labels',
    short: 1_000,
    long: 300_000,
  },
  replies: {
    title: 'Replies with bytes cut, flipped and exchanged, through the real client',
    property:
      'a listing is taken or fails with its reason, quotes no body, and the next one is read',
    file: 'replies',
    short: 250,
    long: 60_000,
  },
  rawHttp: {
    title: 'Bytes, parts of requests and rows of requests, sent to the server',
    property:
      'each is answered with a constant text or closed, repeats nothing, and the page is there',
    file: 'raw-http',
    short: 300,
    long: 60_000,
  },
  yaml: {
    title: 'Configuration files full of YAML at its worst, in a process of 64 MB',
    property:
      'loading ends soon, with a configuration or with problems that have a place and no secret',
    file: 'yaml',
    short: 150,
    long: 60_000,
  },
  yamlCheck: {
    title: 'The same files, given to the command `check`',
    property: 'it exits with 0 or 2, names the file, and shows no secret and no stack',
    file: 'yaml',
    short: 3,
    long: 300,
  },
  openapi: {
    title: 'Records that the specification of Atlas allows, where ATLAS_OPENAPI names it',
    property: 'every one is accepted, and every value that the specification lists is known',
    file: 'openapi',
    short: 500,
    long: 30_000,
  },
  listings: {
    title: 'Listings of such records, through the whole exporter to its page',
    property:
      'every page keeps the promises above, and two clean polls later nothing is left of it',
    file: 'listings',
    short: 12,
    long: 3_000,
  },
  histories: {
    title: 'Histories of polls, outages, renames, deletions, reloads, restarts and clock steps',
    property: 'after every event the page says what a naive model says, and counters only grow',
    file: 'histories',
    short: 10,
    long: 3_000,
  },
} as const satisfies Readonly<Record<string, Subject>>;

export type SubjectName = keyof typeof subjects;
