import { judge, reasonOf } from '../../status/states.ts';
import type { StatusView } from '../../status/view.ts';
import type { PageFacts } from '../pages.ts';
import { stateBadge } from './badge.ts';
import { html, moment, segment, sentence } from './html.ts';
import { layout } from './layout.ts';

/** The page at `/`: every cluster, the one in most danger first. */
export function fleetPage({ rows, watch }: StatusView, facts: PageFacts): string {
  const { now } = watch;
  const lines = rows.map((row) => {
    const judgement = judge(row, watch);
    const { projectId, name } = row.cluster;
    return html`<tr>
<td>${stateBadge(judgement.state)}</td>
<th scope="row"><a href="./clusters/${segment(projectId)}/${segment(name)}">${row.projectName}/${name}</a></th>
<td>${sentence(reasonOf(row, judgement, watch), now)}</td>
<td>${moment(row.known?.newestCompleted?.takenAt, now)}</td>
</tr>
`;
  });
  const frame = { ...facts, title: 'MongoDB Atlas backups', root: './' };
  return layout(
    frame,
    html`<h1>Clusters</h1>
<table>
<thead><tr><th scope="col">State</th><th scope="col">Cluster</th><th scope="col">Why</th><th scope="col">Newest snapshot</th></tr></thead>
<tbody>
${lines}</tbody>
</table>`,
  );
}
