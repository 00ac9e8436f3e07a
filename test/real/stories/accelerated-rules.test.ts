import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { acceleratedExpression, acceleratedRules, shortened } from './accelerated-rules.ts';

const time = { anchor: 1_795_302_000.5, origin: 1_786_528_800, factor: 600 };
const now = '(1786528800 + (time() - 1795302000.5) * 600)';

describe('an expression for an accelerated time', () => {
  test.each([
    ['ranges', 'last_over_time(x[15m])', 'last_over_time(x[1500ms])'],
    [
      'offsets',
      'x[1h] offset 1d + y offset -1w',
      'x[6000ms] offset 144000ms + y offset -1008000ms',
    ],
    ['subqueries', 'max_over_time(x[1d:5m])', 'max_over_time(x[144000ms:500ms])'],
    ['subqueries without a step', 'f(x[1h30m:] offset 10m)', 'f(x[9000ms:] offset 1000ms)'],
    ['ranges in plain seconds', 'changes(x[300])', 'changes(x[500ms])'],
    ['the time', 'time() - x > 3600', `${now} - x > 3600`],
    ['the time, oddly written', 'x<time ( )', `x<${now}`],
  ])('has other %s', (_, before, after) => {
    expect(acceleratedExpression(before, time)).toBe(after);
  });

  test.each([
    ['numbers, which are accelerated seconds', 'x - y > 3600 and z > bool 5m'],
    ['strings', `x{a="[5m] time()",b=~'offset 5m',c=~\`[0-9]{1,3}\`,d="\\"[5m]"}`],
    ['comments', 'x # since time() [5m]\n> 5'],
    ['names that hold other names', 'scrape_time(x) + uptime_offset 5 + max by (time) (time_rate)'],
    ['metrics called as a unit', 'm + s offset_d'],
  ])('has the same %s', (_, expression) => {
    expect(acceleratedExpression(expression, time)).toBe(expression);
  });

  test.each(['rate(x[5m])', 'x @ 5', 'timestamp(x)', 'hour() > 5', 'day_of_week(x)'])(
    'is refused where it would mean something else: %s',
    (expression) => {
      expect(() => acceleratedExpression(expression, time)).toThrow('cannot be carried over');
    },
  );
});

test('a duration is shortened to the millisecond, of which one is left', () => {
  expect(shortened('1h30m', 600)).toBe('9000ms');
  expect(shortened('10s', 600)).toBe('17ms');
  expect(shortened('100ms', 600)).toBe('1ms');
  expect(shortened('0s', 600)).toBe('0s');
  expect(() => shortened('5x', 600)).toThrow('not a duration: 5x');
});

test('a rule file is the same but for its times', () => {
  const yaml = `
groups:
  - name: backups
    interval: 1m
    query_offset: 30s
    labels: { team: dba }
    rules:
      - record: x:max
        expr: max_over_time(x[1d])
      - alert: Late
        expr: |
          x < time()
        for: 5m
        keep_firing_for: 10m
        labels: { severity: critical }
        annotations: { summary: 'since {{ with query "x[5m]" }}{{ . }}{{ end }} for: 5m' }
`;
  expect(parse(acceleratedRules(yaml, time))).toEqual({
    groups: [
      {
        name: 'backups',
        interval: '100ms',
        query_offset: '50ms',
        labels: { team: 'dba' },
        rules: [
          { record: 'x:max', expr: 'max_over_time(x[144000ms])' },
          {
            alert: 'Late',
            expr: `x < ${now}\n`,
            for: '500ms',
            keep_firing_for: '1000ms',
            labels: { severity: 'critical' },
            annotations: { summary: 'since {{ with query "x[5m]" }}{{ . }}{{ end }} for: 5m' },
          },
        ],
      },
    ],
  });
});

test('a file that holds no rules is refused', () => {
  expect(() => acceleratedRules('groups: [{ rules: [{ alert: A }] }]', time)).toThrow('expr');
});
