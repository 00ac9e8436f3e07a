import { writeFileSync } from 'node:fs';
import { decidingConditions } from '../../src/alerting/conditions.ts';
import { stateNames, states } from '../../src/alerting/states.ts';

const introduction = `# States

What the pages, the [JSON API](api.md) and the [dashboards](dashboards.md) say of a cluster in one word, the
most urgent first. Where the conditions of several alerts hold, the first of these states is shown, and
all of those alerts beside it. A condition counts at once, without the time for which its alert waits.

This page is generated from the code by \`npm run docs\`.

| Word | In JSON | Means | Decided by |
| --- | --- | --- | --- |
`;

/** All states, as Markdown. */
export function statesPage(): string {
  const rows = stateNames.map((state) => {
    const { title, means } = states[state];
    const alerts = decidingConditions(state).map(
      ({ alert: { name } }) => `[${name}](runbooks/${name}.md)`,
    );
    return `| ${title} | \`${state}\` | ${means} | ${alerts.join(', ')} |\n`;
  });
  return introduction + rows.join('');
}

if (import.meta.main) {
  writeFileSync(new URL('../../docs/states.md', import.meta.url), statesPage());
}
