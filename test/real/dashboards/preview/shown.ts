import { z } from 'zod';
import { palette } from '../../../../dashboards/palette.ts';
import type { Panel } from '../../../dashboards/model.ts';

const words = z.object({
  options: z.record(z.string(), z.object({ text: z.string(), color: z.string() })),
});
const thresholds = z.object({
  steps: z.array(z.object({ value: z.number().nullable(), color: z.string() })),
});
const fixed = z.object({ fixedColor: z.string() });

/** How the values of one field are to be shown: the defaults of the panel, and what overrides them. */
export type Look = {
  readonly unit: string;
  readonly decimals: number | undefined;
  readonly mappings: readonly unknown[];
  readonly steps: z.infer<typeof thresholds>['steps'];
  readonly color: string | undefined;
  readonly dashed: boolean;
  readonly hidden: boolean;
  readonly cell: string;
};

export function lookOf(panel: Panel, field: string): Look {
  const defaults: Readonly<Record<string, unknown>> = panel.fieldConfig?.defaults ?? {};
  const own = new Map(
    (panel.fieldConfig?.overrides ?? [])
      .filter(({ matcher }) => matcher['options'] === field)
      .flatMap(({ properties }) => properties.map(({ id, value }) => [id, value] as const)),
  );
  const of = (id: string) => own.get(id) ?? defaults[id];
  const mappings = of('mappings');
  const decimals = of('decimals');
  const cell = z.object({ type: z.string() }).safeParse(own.get('custom.cellOptions'));
  return {
    unit: String(of('unit') ?? 'none'),
    decimals: typeof decimals === 'number' ? decimals : undefined,
    mappings: Array.isArray(mappings) ? mappings : [],
    steps: thresholds.safeParse(of('thresholds')).data?.steps ?? [],
    color: fixed.safeParse(of('color')).data?.fixedColor,
    dashed: own.has('custom.lineStyle'),
    hidden: own.get('custom.hidden') === true,
    cell: cell.data?.type ?? '',
  };
}

export type Shown = { readonly text: string; readonly color: string };

/** A value in words, with the colour that goes with it. `now`: Unix seconds. */
export function shown(look: Look, value: number, now: number): Shown {
  for (const mapping of look.mappings) {
    const found = words.safeParse(mapping).data?.options[String(value)];
    if (found !== undefined) return found;
  }
  const step = look.steps.findLast(({ value: from }) => from === null || value >= from);
  return {
    text: inUnit(value, look, now),
    color: (look.color ?? step?.color ?? palette.plain).replace(/^text$/, '#24292e'),
  };
}

const spans = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['min', 60],
  ['s', 1],
] as const;

export function inUnit(value: number, { unit, decimals = 1 }: Look, now: number): string {
  switch (unit) {
    case 's':
      return span(value, decimals);
    case 'bytes':
      return bytes(value, decimals);
    case 'percentunit':
      return `${round(value * 100, Math.abs(value) < 0.01 ? 2 : decimals)}%`;
    case 'reqps':
      return `${round(value, 2)} req/s`;
    case 'dateTimeFromNow': {
      const left = value / 1000 - now;
      return left < 0 ? `${span(-left, 0)} ago` : `in ${span(left, 0)}`;
    }
    case 'dateTimeAsSystem':
      return new Date(value).toISOString().slice(5, 16).replace('T', ' ');
    default:
      return round(value, 2);
  }
}

function span(seconds: number, decimals: number): string {
  const size = Math.abs(seconds);
  const [name, length] = spans.find(([, long]) => size >= long) ?? (['s', 1] as const);
  const number = round(seconds / length, size < 1 ? 3 : decimals);
  const plural = name.length > 3 && Math.abs(Number(number)) !== 1 ? 's' : '';
  return size === 0 ? '0 s' : `${number} ${name}${plural}`;
}

function bytes(value: number, decimals: number): string {
  const power = value < 1 ? 0 : Math.min(5, Math.floor(Math.log2(value) / 10));
  const prefix = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi'][power] ?? '';
  return `${round(value / 1024 ** power, decimals)} ${prefix}B`;
}

function round(value: number, decimals: number): string {
  return String(Number(value.toFixed(decimals)));
}
