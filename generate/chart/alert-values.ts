import { z } from 'zod';
import { type Alert, keepFiringFor } from '../../src/alerting/alert.ts';
import type { Parameter } from '../../src/alerting/parameters.ts';
import { alerts } from '../../src/collectors/alerts.ts';
import { severitiesOf } from '../alerts/reference.ts';

/** What the values of the chart may change of each alert. */

const words = z.record(z.string(), z.string());
const duration = z.string().meta({ pattern: '^([0-9]+(ms|s|m|h|d|w|y))+$' });

const inUnit: Readonly<Record<Parameter['unit'], string>> = {
  seconds: 'Seconds, or with a unit as 90m, 12h or 7d.',
  ratio: 'A share: 0.5 is a half.',
  count: 'A number.',
  window: 'A duration as 10m, 1h or 1d.',
};

export const alertValues = z.strictObject(
  Object.fromEntries(alerts.map((alert) => [alert.name, valuesOf(alert).optional()])),
);

function valuesOf(alert: Alert) {
  const parameters = Object.entries(alert.parameters).map(([name, parameter]) => {
    const about = `Default: ${parameter.default}. ${inUnit[parameter.unit]}`;
    return [name, shapeOf(parameter).optional().describe(about)] as const;
  });
  return z
    .strictObject({
      enabled: z.boolean().optional().describe('Default: true.'),
      severity: z
        .string()
        .min(1)
        .optional()
        .describe(`Default: ${severitiesOf(alert)}.`),
      for: duration.optional().describe(`Default: ${alert.for}.`),
      keepFiringFor: duration.optional().describe(`Default: ${keepFiringFor(alert)}.`),
      labels: words.optional().describe('More labels.'),
      annotations: words.optional().describe('More annotations, or others than ours.'),
      parameters: z.strictObject(Object.fromEntries(parameters)).optional(),
    })
    .describe(`Fires when ${alert.firesWhen}`);
}

function shapeOf({ unit }: Parameter) {
  switch (unit) {
    case 'seconds':
      return z.union([z.number().min(0), z.string().meta({ pattern: '^[0-9]+[smhdw]$' })]);
    case 'ratio':
    case 'count':
      return z.number().min(0);
    case 'window':
      return z.string().meta({ pattern: '^([1-9][0-9]*(s|m|h|d|w))+$' });
  }
}
