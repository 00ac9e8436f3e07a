import { parse } from 'yaml';
import { z } from 'zod';
import { parseDuration } from '../../../src/config/duration.ts';
import type { AcceleratedTime } from './accelerated-time.ts';

const durations = ['for', 'keep_firing_for'] as const;
const rule = z.looseObject({
  expr: z.string(),
  for: z.string().optional(),
  keep_firing_for: z.string().optional(),
});
const ruleFile = z.looseObject({
  groups: z.array(
    z.looseObject({
      interval: z.string().optional(),
      query_offset: z.string().optional(),
      rules: z.array(rule),
    }),
  ),
});

/**
 * A rule file as it has to be for the same alerts at the same accelerated times: all durations are
 * shorter by the factor, and `time()` is the accelerated time. Nothing else is touched.
 * @throws Error when an expression rests on time in a way that cannot be carried over
 */
export function acceleratedRules(yaml: string, time: AcceleratedTime): string {
  const { groups, ...rest } = ruleFile.parse(parse(yaml));
  const shorter = (record: Record<string, unknown>, ...keys: readonly string[]) =>
    Object.fromEntries(
      Object.entries(record).map(([key, value]) => [
        key,
        keys.includes(key) ? shortened(String(value), time.factor) : value,
      ]),
    );
  const faster = groups.map((group) => ({
    ...shorter(group, 'interval', 'query_offset'),
    rules: group.rules.map((one) => ({
      ...shorter(one, ...durations),
      expr: acceleratedExpression(one.expr, time),
    })),
  }));
  // JSON is YAML.
  return JSON.stringify({ ...rest, groups: faster });
}

/** A duration divided by the factor, to the millisecond, of which one is left at least. */
export function shortened(duration: string, factor: number): string {
  const seconds = /^\d+$/.test(duration) ? Number(duration) : parseDuration(duration);
  if (seconds === undefined) throw new Error(`not a duration: ${duration}`);
  return seconds === 0 ? '0s' : `${Math.max(1, Math.round((seconds * 1000) / factor))}ms`;
}

/** Strings and comments first, so that nothing in them is taken for what it is not. */
const token =
  /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`|#[^\n]*|\[[^\]]*\]|[a-z_:][\w:]*(?:\s*\(\s*\)|\s+-?\s*\d\w*)?|\d\w*|@/gi;

/** Functions and modifiers whose meaning depends on how fast the time runs, or on which day it is. */
const unknownInAnotherTime =
  /^(@|i?rate|deriv|predict_linear|double_exponential_smoothing|holt_winters|timestamp|hour|minute|month|year|day_of_\w+|days_in_month)$/;

export function acceleratedExpression(expression: string, time: AcceleratedTime): string {
  const { anchor, origin, factor } = time;
  return expression.replaceAll(token, (found) => {
    if (found.startsWith('[')) {
      return found.replaceAll(/\d\w*/g, (duration) => shortened(duration, factor));
    }
    if (/^offset\s/i.test(found)) {
      return found.replace(/\d\w*$/, (duration) => shortened(duration, factor));
    }
    if (/^time\s*\(/.test(found)) return `(${origin} + (time() - ${anchor}) * ${factor})`;
    const [name = ''] = found.split(/[\s(]/);
    if (unknownInAnotherTime.test(name)) {
      throw new Error(`cannot be carried over to an accelerated time: ${name} in ${expression}`);
    }
    return found;
  });
}
