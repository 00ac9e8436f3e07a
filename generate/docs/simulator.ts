import { faultGroups, faults, usage } from '../../src/simulator/faults/table.ts';
import { code, origin, table } from '../markdown.ts';

const introduction = `# Faults of the simulator

<!-- ${origin('docs', 'the tables in src/simulator/faults')} -->

The simulated Atlas can play ${faults.size} faults, so that you can try your rules and dashboards on them.
Choose faults at the start; \`--fault\` can be repeated:

\`\`\`sh
mongodbatlas-backup-exporter simulate --fault server_error:0.3 --fault retry_after=7@/snapshots
\`\`\`

or change them at runtime, from the same machine. A PUT replaces all faults, and one with an empty body
clears them; a GET lists those that are active:

\`\`\`sh
curl -X PUT -d 'hang@/cluster-3/*, sunset=20' http://127.0.0.1:8080/-/faults
\`\`\`

The syntax of a fault is \`NAME[=PARAMETER][:SHARE][@PATH]\`. SHARE is the fraction of requests it applies
to, from 0 to 1; the default is 1. PATH is matched against the end of a request's path, and \`*\` in it
matches anything: \`@/groups\` is the list of projects, \`@/clusters\` the list of clusters of each project,
\`@/cluster-3/*\` everything that is read of one cluster. If several faults match a request, the first
one applies.
`;

/** All faults, as Markdown. */
export function faultPage(): string {
  const sections = Object.entries(faultGroups).map(([title, group]) => {
    const rows = Object.entries(group).map(([name, fault]) => [
      code(usage(name, fault)),
      fault.parameter ? code(String(fault.parameter.default)) : '',
      fault.description,
    ]);
    return `\n## ${title}\n\n${table(['Fault', 'Default', 'Effect'], rows)}`;
  });
  return introduction + sections.join('');
}
