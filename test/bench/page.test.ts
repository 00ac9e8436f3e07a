import { expect, test } from 'vitest';
import { countSamples, familiesOf, piecesOf, repeatedSeries } from '../../bench/page.ts';

const page = `# HELP ages Ages.
# TYPE ages gauge
ages{cluster="a",project="p \\"q\\" \\\\ r\\ns"} 12
ages{cluster="b"} -0.5
# HELP asked_total Asked.
# TYPE asked_total counter
asked_total 3
# HELP took_seconds Took.
# TYPE took_seconds histogram
took_seconds_bucket{le="+Inf"} 4
`;

test('a page becomes families with all labels that any of their samples has', () => {
  expect(familiesOf(page)).toEqual([
    {
      name: 'ages',
      help: 'Ages.',
      type: 'gauge',
      labelNames: ['cluster', 'project'],
      samples: [
        { labels: { cluster: 'a', project: 'p "q" \\ r\ns' }, value: 12 },
        { labels: { cluster: 'b' }, value: -0.5 },
      ],
    },
    {
      name: 'asked_total',
      help: 'Asked.',
      type: 'counter',
      labelNames: [],
      samples: [{ labels: {}, value: 3 }],
    },
    {
      name: 'took_seconds_bucket',
      help: 'Part of a histogram.',
      type: 'gauge',
      labelNames: ['le'],
      samples: [{ labels: { le: '+Inf' }, value: 4 }],
    },
  ]);
});

test('what is no sample is refused', () => {
  expect(() => familiesOf('<html>\n')).toThrow('no sample: <html>');
});

test('samples are the lines that are no comments', () => {
  expect(countSamples(page)).toBe(4);
});

test('every piece of a page is a page with a few samples of each family', () => {
  expect(piecesOf(page, 1)).toEqual([
    page.replace('ages{cluster="b"} -0.5\n', ''),
    '# HELP ages Ages.\n# TYPE ages gauge\nages{cluster="b"} -0.5\n',
  ]);
  expect(piecesOf(page, 2)).toEqual([page]);
});

test('a histogram and a family without samples stay whole', () => {
  const more = `${page}took_seconds_sum 2\ntook_seconds_count 4\n# HELP none None.\n# TYPE none gauge\n`;
  expect(piecesOf(more, 2)).toEqual([more]);
});

test('a series that is twice on a page is found', () => {
  expect(repeatedSeries(page)).toBeUndefined();
  expect(repeatedSeries(`${page}ages{cluster="b"} 7\n`)).toBe('ages{cluster="b"}');
});
