import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import {
  type AnnotationQuery,
  type Dashboard,
  DashboardBuilder,
  DashboardCursorSync,
  type DashboardLink,
  type Panel,
  RowBuilder,
  type VariableModel,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { tag } from './links.ts';

type Row = { readonly title: string; readonly panels: readonly Builder<Panel>[] };

type Parts = {
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly from: string;
  readonly variables: readonly Builder<VariableModel>[];
  readonly links: readonly Builder<DashboardLink>[];
  readonly marks: Builder<AnnotationQuery>;
  readonly rows: readonly Row[];
};

/** A dashboard of the classic model. */
export function assembled(parts: Parts): Dashboard {
  const builder = new DashboardBuilder(parts.title)
    .uid(parts.uid)
    .description(parts.description)
    .tags([tag])
    .timezone('browser')
    .readonly()
    .refresh('1m')
    .time({ from: parts.from, to: 'now' })
    .tooltip(DashboardCursorSync.Crosshair)
    .variables([...parts.variables])
    .links([...parts.links])
    .annotation(parts.marks);
  for (const { title, panels } of parts.rows) {
    builder.withRow(new RowBuilder(title));
    for (const panel of panels) builder.withPanel(panel);
  }
  const dashboard = builder.build();
  // Links to a panel hold its number.
  dashboard.panels?.forEach((panel, index) => {
    panel.id = index + 1;
  });
  return dashboard;
}
