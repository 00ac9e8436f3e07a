import { z } from 'zod';
import type { Panel } from '../model.ts';
import { ofPanel, type Rule } from './rule.ts';
import { units } from './units.ts';

const text = z.string();

function unitsOf({ fieldConfig }: Panel): readonly string[] {
  const own = (fieldConfig?.overrides ?? [])
    .flatMap(({ properties }) => properties)
    .filter(({ id }) => id === 'unit')
    .map(({ value }) => text.parse(value));
  return [fieldConfig?.defaults.unit ?? '', ...own];
}

export const panelRules: readonly Rule[] = [
  ofPanel('panel-datasource-rule', ({ datasource, targets = [] }) =>
    [datasource, ...targets.map((target) => target.datasource)]
      .filter((source) => source?.uid !== '${datasource}')
      .map((source) => `asks ${source?.uid}`),
  ),
  ofPanel('panel-title-description-rule', ({ title, description = '' }) => [
    ...(title === '' ? ['no title'] : []),
    ...(description === '' ? ['no description'] : []),
  ]),
  ofPanel('panel-units-rule', (panel) =>
    unitsOf(panel)
      .filter((unit) => !units.includes(unit))
      .map((unit) => `unit ${unit}`),
  ),
  ofPanel('panel-no-targets-rule', ({ targets = [] }) =>
    targets.length === 0 ? ['asks nothing'] : [],
  ),
];
