import type { DynamicConfigValue, ValueMap } from '@grafana/grafana-foundation-sdk/dashboard';
import { dataLinks, toCluster, toExplanation } from './links.ts';
import type { Meaning } from './palette.ts';
import type { Column } from './tables.ts';
import { steps } from './thresholds.ts';

const colouredText: DynamicConfigValue = {
  id: 'custom.cellOptions',
  value: { type: 'color-text' },
};
const colouredCell: DynamicConfigValue = {
  id: 'custom.cellOptions',
  value: { type: 'color-background', mode: 'basic' },
};
export const links = dataLinks(toCluster, toExplanation);

export function label(name: string, title: string, more: Partial<Column> = {}): Column {
  return { title, from: { label: name }, ...more };
}

/** A code in words, on its colour. */
export function coded(title: string, expr: string, words: ValueMap, width: number): Column {
  const mappings = { id: 'mappings', value: [words] };
  return {
    title,
    from: { expr },
    width,
    more: [mappings, colouredCell, links, { id: 'custom.align', value: 'left' }],
  };
}

/** A moment, told as so long ago or in so long. Unix seconds come in, Grafana wants milliseconds. */
export function moment(title: string, expr: string): Column {
  return { title, from: { expr: `1000 * ${expr}` }, unit: 'dateTimeFromNow', width: 130 };
}

const oneDecimal: DynamicConfigValue = { id: 'decimals', value: 1 };

export function duration(title: string, expr: string): Column {
  return { title, from: { expr }, unit: 's', width: 110, more: [oneDecimal] };
}

/** Time left until a moment, coloured below so many seconds. */
export function timeLeft(title: string, expr: string, below: number, meaning: Meaning): Column {
  const bounds = { id: 'thresholds', value: steps(meaning, [below, 'text']).builder().build() };
  const more = [oneDecimal, bounds, colouredText];
  return { title, from: { expr }, unit: 's', width: 120, more };
}
