/** One sample a minute: a number, nothing (`_`), or the mark that a scrape found no such series. */
export type Sample = number | '_' | 'stale';

const part =
  /^(?:(?<value>-?\d[\d.e]*)(?:\+(?<step>[\d.]+)(?:\/(?<each>\d+))?)?|(?<word>_|stale))(?:\*(?<times>\d+))?$/;

/**
 * `5*3` is 5 5 5; `0+60*3` is 0 60 120; `0+300/5*10` rises by 300 every 5 minutes; `_*2` is two
 * minutes without a sample.
 */
export function samples(notation: string): readonly Sample[] {
  return notation.split(' ').flatMap((text) => {
    const groups = part.exec(text)?.groups;
    if (groups === undefined) throw new Error(`not a series of samples: ${text}`);
    const { value, step = '0', each = '1', word, times = '1' } = groups;
    const length = Number(times);
    if (word === '_' || word === 'stale') return Array<Sample>(length).fill(word);
    return Array.from(
      { length },
      (_, minute) => Number(value) + Number(step) * Math.floor(minute / Number(each)),
    );
  });
}

/** What Prometheus holds when every fourth scrape fails. */
export function withFailedScrapes(name: string, all: readonly Sample[]): readonly Sample[] {
  return all.map((sample, minute) => {
    if (minute % 4 !== 3 || typeof sample === 'string') return sample;
    return name === 'up' ? 0 : 'stale';
  });
}
