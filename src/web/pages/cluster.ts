import { judge, reasonOf, states } from '../../status/states.ts';
import type { StatusView } from '../../status/view.ts';
import { html, sentence } from './html.ts';
import { layout, type PageFacts } from './layout.ts';

/** The page that explains one cluster. Undefined: the generation does not know it. */
export function clusterPage(
  { rows, watch }: StatusView,
  wanted: { readonly project: string; readonly cluster: string },
  facts: PageFacts,
): string | undefined {
  const row = rows.find(
    ({ cluster }) => cluster.projectId === wanted.project && cluster.name === wanted.cluster,
  );
  if (row === undefined) return undefined;
  const judgement = judge(row, watch);
  const name = `${row.projectName}/${row.cluster.name}`;
  return layout(
    { ...facts, title: `${name}, MongoDB Atlas backups`, root: '../../' },
    html`<h1>${name}</h1>
<p>${states[judgement.state].title}: ${sentence(reasonOf(row, judgement, watch), watch.now)}</p>`,
  );
}
