import { z } from 'zod';
import type { Panel } from '../../dashboards/model.ts';
import type { Answer } from './answers.ts';
import { rowsOf } from './preview/rows.ts';

const links = z.array(z.object({ title: z.string(), url: z.string() }));

/** Fields that the links of a table read, and that its rows do not have. */
export function missingFields(panel: Panel, answers: readonly Answer[]): readonly string[] {
  const { fields } = rowsOf(panel, answers);
  const urls = (panel.fieldConfig?.overrides ?? [])
    .flatMap(({ properties }) => properties)
    .filter(({ id }) => id === 'links')
    .flatMap(({ value }) => links.parse(value).map(({ url }) => url));
  return urls
    .flatMap((url) => [...url.matchAll(/\$\{__data\.fields\.(\w+)\}/g)])
    .flatMap(([, field = '']) => (fields.includes(field) ? [] : [field]));
}
