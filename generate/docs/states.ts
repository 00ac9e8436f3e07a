import { stateNames, states } from '../../src/alerting/states.ts';
import { decidingConditions } from '../../src/collectors/conditions.ts';
import { code, origin, table } from '../markdown.ts';

const introduction = `# States

<!-- ${origin('docs', 'src/alerting/states.ts')} -->

The state of a cluster on the pages, in the [JSON API](api.md) and on the [dashboards](dashboards.md), the
most urgent first. When the conditions of several alerts are true, the first of these states is shown,
with all of those alerts. A condition counts at once, without the \`for\` of its alert.

`;

/** All states, as Markdown. */
export function statesPage(): string {
  const rows = stateNames.map((state) => {
    const { title, means } = states[state];
    const alerts = decidingConditions(state).map(
      ({ alert: { name } }) => `[${name}](runbooks/${name}.md)`,
    );
    return [title, code(state), means, alerts.join(', ')];
  });
  return introduction + table(['Word', 'In JSON', 'Means', 'Decided by'], rows);
}
