import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { alertConditions } from '../../src/collectors/conditions.ts';
import { judge } from '../../src/status/judgement.ts';
import { type Answer, answersText, judged } from './answers.ts';

/** What a real Prometheus answered; `npm run answers` asks it again. */
const golden = readFileSync(new URL('../golden/conditions.txt', import.meta.url), 'utf8');
const answered = new Map(
  golden.split(/^(?=\S)/m).map((text) => [text.slice(0, text.indexOf('\n')), text]),
);

describe('as Prometheus answered, the condition is true of the same clusters:', () => {
  test.each(alertConditions.map((one) => [`${one.alert.name} ${one.severity}`, one] as const))(
    '%s',
    (question, { holds }) => {
      const answer: Answer = [
        question,
        judged.map(({ exporter, rows, context }) => [
          exporter,
          rows
            .filter((row) => holds(row, context) !== undefined)
            .map(({ cluster }) => cluster.name),
        ]),
      ];
      expect(answersText([answer])).toBe(answered.get(question));
    },
  );

  test('AtlasBackupExporterBlind critical, of the exporter', () => {
    const question = 'AtlasBackupExporterBlind critical';
    const answer: Answer = [
      question,
      judged.map(({ exporter, context }) => [exporter, context.blind ? ['blind'] : []]),
    ];
    expect(answersText([answer])).toBe(answered.get(question));
  });
});

/** Those that become true by themselves as time passes. */
const byTime: readonly string[] = [
  ...['AtlasBackupUnverified', 'AtlasBackupClusterBlind', 'AtlasBackupStuck'],
  'AtlasBackupRecoverabilityEnding',
];

test.each(byTime)('%s says since when: not true then, and true a second later', (name) => {
  const { holds } = alertConditions.find(({ alert }) => alert.name === name) ?? {};
  const moments = judged.flatMap(({ rows, context }) =>
    rows.flatMap((row) => {
      const since = holds?.(row, context);
      if (typeof since !== 'number') return [];
      return [[0, 1].map((later) => holds?.(row, { ...context, now: since + later }))];
    }),
  );
  expect(moments.length).toBeGreaterThan(3);
  expect(moments.filter(([then, later]) => then !== undefined || later === undefined)).toEqual([]);
});

test('an alert of several severities has one of them at a time', () => {
  for (const { rows, context } of judged) {
    for (const row of rows) {
      const names = judge(row, context).conditions.map(({ condition }) => condition.alert.name);
      expect(new Set(names).size).toBe(names.length);
    }
  }
});

test('each condition is true of some clusters and not true of others', () => {
  for (const { alert, holds } of alertConditions) {
    const all = judged.flatMap(({ rows, context }) =>
      rows.map((row) => holds(row, context) !== undefined),
    );
    expect([alert.name, new Set(all).size]).toEqual([alert.name, 2]);
  }
});
