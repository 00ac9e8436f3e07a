import { AnnotationQueryBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import type { PanelBuilder } from '@grafana/grafana-foundation-sdk/table';
import { alerts } from '../src/collectors/alerts.ts';
import { dataLinks, toRunbook } from './links.ts';
import { datasource } from './queries.ts';
import { type Column, table } from './tables.ts';

/** What the names of all alerts begin with; the table of alerts holds them to it. */
const named = 'alertname=~"AtlasBackup.*", alertstate="firing"';

function column(label: string, title: string, width?: number): Column {
  return { title, from: { label }, ...(width === undefined ? {} : { width }) };
}

type Facts = { readonly matchers: string; readonly width: number; readonly height: number };

/** Those of the rules that come with the exporter, as Prometheus has them. */
export function firingAlerts({ matchers, width, height }: Facts): PanelBuilder {
  return table({
    title: 'Firing alerts',
    description: `The alerts of the rules that come with the exporter: ${alerts.length} in all. Empty when none fires, and when the rules are not loaded.`,
    width,
    height,
    otherwise: 'none',
    columns: [
      column('severity', 'Severity', 90),
      { title: 'Alert', from: { label: 'alertname' }, width: 280, more: [dataLinks(toRunbook)] },
      column('project', 'Project'),
      column('cluster', 'Cluster'),
    ],
    without: ['Value', 'project_id'],
    sortedBy: [{ column: 'Severity', descending: false }],
    queries: [
      `max by (severity, alertname, project_id, project, cluster) (ALERTS{${named}, ${matchers}})`,
    ],
  });
}

/** A mark on every panel while alerts fire. */
export function firingMarks(matchers: string): AnnotationQueryBuilder {
  return new AnnotationQueryBuilder()
    .name('Critical alerts')
    .datasource(datasource)
    .enable(false)
    .iconColor('#D55E00')
    .expr(`ALERTS{${named}, severity="critical", ${matchers}}`)
    .titleFormat('{{alertname}}')
    .textFormat('{{project}} {{cluster}}')
    .step('5m');
}
