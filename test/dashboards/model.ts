import { z } from 'zod';
import { files } from '../../dashboards/generate.ts';

const reference = z.object({ type: z.string(), uid: z.string() });
const target = z.object({
  refId: z.string(),
  expr: z.string(),
  legendFormat: z.string().optional(),
  instant: z.boolean().optional(),
  range: z.boolean().optional(),
  format: z.string().optional(),
  datasource: reference,
});
const property = z.object({ id: z.string(), value: z.unknown() });
const defaults = z.looseObject({
  unit: z.string().optional(),
  noValue: z.string().optional(),
  mappings: z.array(z.unknown()).optional(),
});
const panel = z.looseObject({
  id: z.number(),
  type: z.string(),
  title: z.string(),
  description: z.string().optional(),
  datasource: reference.optional(),
  gridPos: z.object({ x: z.number(), y: z.number(), w: z.number(), h: z.number() }),
  targets: z.array(target).optional(),
  fieldConfig: z
    .object({
      defaults,
      overrides: z.array(
        z.object({ matcher: z.looseObject({ id: z.string() }), properties: z.array(property) }),
      ),
    })
    .optional(),
  transformations: z
    .array(z.object({ id: z.string(), options: z.record(z.string(), z.unknown()) }))
    .optional(),
});
const variable = z.looseObject({
  name: z.string(),
  label: z.string(),
  type: z.string(),
  query: z.union([z.string(), z.object({ query: z.string() })]),
  datasource: reference.optional(),
  multi: z.boolean(),
  includeAll: z.boolean(),
  allValue: z.string().optional(),
  regex: z.string().optional(),
  refresh: z.number().optional(),
});
const dashboard = z.looseObject({
  uid: z.string(),
  title: z.string(),
  editable: z.boolean(),
  refresh: z.string(),
  timezone: z.string(),
  schemaVersion: z.number(),
  time: z.object({ from: z.string(), to: z.string() }),
  templating: z.object({ list: z.array(variable) }),
  panels: z.array(panel),
});

/** As much of the classic model as the tests look at. */
export type Dashboard = z.infer<typeof dashboard>;
export type Panel = z.infer<typeof panel>;
export type Target = z.infer<typeof target>;
export type Variable = z.infer<typeof variable>;

export const dashboards: readonly Dashboard[] = [...files.values()].map((text) =>
  dashboard.parse(JSON.parse(text)),
);

/** Panels with queries, which all but the rows are. */
export function asking({ panels }: Dashboard): readonly Panel[] {
  return panels.filter(({ type }) => type !== 'row');
}

export function queryOf({ query }: Variable): string {
  return typeof query === 'string' ? query : query.query;
}
