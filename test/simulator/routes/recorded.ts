import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Recorded = {
  readonly file: string;
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  // biome-ignore lint/suspicious/noExplicitAny: bodies of many shapes
  readonly json: any;
};

/** Every recorded reply of a folder: raw HTTP, one a file. */
export function recordingsIn(folder: string): readonly Recorded[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.http'));
  return files.map((file) => parse(file, readFileSync(join(folder, file), 'utf8')));
}

function parse(file: string, raw: string): Recorded {
  const text = raw.replaceAll('\r', '');
  const gap = text.indexOf('\n\n');
  const [statusLine = '', ...lines] = text.slice(0, gap).split('\n');
  const headers = new Map(
    lines.map((line): [string, string] => {
      const colon = line.indexOf(': ');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 2)];
    }),
  );
  const isJson = headers.get('content-type')?.includes('json') === true;
  const json = isJson ? JSON.parse(text.slice(gap)) : undefined;
  return { file, status: Number(statusLine.split(' ')[1]), headers, json };
}

/** What Atlas's own machines and HTTP/2 add, and what HTTP/1.1 does. */
const ofTheMachine = /^(x-(java|mongodb|envoy|xgen)-|connection$|keep-alive$|vary$)/;
/** Newer than some recordings. */
const ofThisYear = /^(ratelimit-|x-error-code$|deprecation$|sunset$)/;

/** Names of headers that only we have, or that only we lack. */
export function headerDifferences(ours: Headers, theirs: readonly Recorded[]): string[] {
  const fixed = (name: string): boolean => !ofTheMachine.test(name) && !ofThisYear.test(name);
  const known = new Set(theirs.flatMap(({ headers }) => [...headers.keys()]));
  const always = [...known].filter((name) => theirs.every(({ headers }) => headers.has(name)));
  return [
    ...[...ours.keys()].filter((name) => fixed(name) && !known.has(name)),
    ...always.filter((name) => fixed(name) && !ours.has(name)),
  ];
}
