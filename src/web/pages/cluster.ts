import { states } from '../../alerting/states.ts';
import { collectors } from '../../collectors/table.ts';
import { html, sentence } from '../../html/html.ts';
import { explain, rowNamed } from '../../status/explanation.ts';
import type { StatusView } from '../../status/view.ts';
import { clusterMetrics } from '../cluster-metrics.ts';
import { stateBadge } from './badge.ts';
import { alertSection } from './cluster/alerts.ts';
import { dueSection } from './cluster/due.ts';
import { metricSection } from './cluster/metrics.ts';
import { readSection } from './cluster/reads.ts';
import { jsonAddress, snapshotSection } from './cluster/snapshots.ts';
import { summary } from './cluster/summary.ts';
import { timeline } from './cluster/timeline.ts';
import { layout, type PageFacts } from './layout.ts';

/** The page that explains one cluster. Undefined: the generation does not know it. */
export function clusterPage(
  view: StatusView,
  wanted: { readonly project: string; readonly cluster: string },
  facts: PageFacts,
): string | undefined {
  const row = rowNamed(view, wanted.project, wanted.cluster);
  if (row === undefined) return undefined;
  const { now } = view.context;
  const explanation = explain(row, view);
  const { judgement, reason } = explanation;
  const name = `${row.projectName}/${row.cluster.name}`;
  const { title } = states[judgement.state];
  const metrics = `../../${facts.telemetryPath.slice(1)}`;
  return layout(
    { ...facts, title: `${title}: ${name}, MongoDB Atlas backups`, root: '../../' },
    html`<nav class="back" aria-label="Place"><a href="../../">All clusters</a></nav>
<h1 data-announce>${stateBadge(judgement.state)} ${name}</h1>
<p class="reason">${sentence(reason, now)}</p>
${alertSection(explanation.activeAlerts, now)}
${dueSection(explanation, now)}
${summary(row, now)}
${timeline(explanation, now)}
${snapshotSection(explanation, now)}
${collectors.map((collector) => collector.section(row, now) ?? html``)}
${readSection(explanation.reads, explanation.leftOut, now)}
${metricSection(clusterMetrics(row, view), selector(row.cluster), metrics, now)}
<p><a href="${jsonAddress(row.cluster)}">This page as JSON</a></p>`,
  );
}

/** As PromQL writes it. */
function selector({ projectId, name }: { projectId: string; name: string }): string {
  return `{project_id=${JSON.stringify(projectId)}, cluster=${JSON.stringify(name)}}`;
}
