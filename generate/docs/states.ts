import { decidingConditions } from '../../src/alerting/conditions.ts';
import { stateNames, states } from '../../src/alerting/states.ts';
import { code, origin, table } from '../markdown.ts';

const introduction = `# States

<!-- ${origin('docs', 'src/alerting/states.ts')} -->

What the pages, the [JSON API](api.md) and the [dashboards](dashboards.md) say of a cluster in one word, the
most urgent first. Where the conditions of several alerts hold, the first of these states is shown, and
all of those alerts beside it. A condition counts at once, without the time for which its alert waits.

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
