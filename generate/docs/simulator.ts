import { faultGroups, faults, writtenForm } from '../../src/simulator/faults/table.ts';
import { code, origin, table } from '../markdown.ts';

const introduction = `# Faults of the simulator

<!-- ${origin('docs', 'the tables in src/simulator/faults')} -->

The simulated Atlas can go wrong in ${faults.size} ways, so that you can try what your rules, dashboards and
people make of it. Ask for faults when it starts, as often as you like:

\`\`\`sh
mongodbatlas-backup-exporter simulate --fault server_error:0.3 --fault retry_after=7@/snapshots
\`\`\`

or switch them while it runs, from the same machine; an empty text ends them all, and a GET shows
those that are on:

\`\`\`sh
curl -X PUT -d 'hang@/cluster-3/*, sunset=20' http://127.0.0.1:8080/-/faults
\`\`\`

A fault is written \`NAME[=PARAMETER][:SHARE][@PATH]\`. SHARE is how many of the requests meet it, from
0 to 1; without it, all do. PATH is compared with the end of a request's path, and \`*\` in it stands for
anything: \`@/groups\` is the list of projects, \`@/clusters\` the list of clusters of each project,
\`@/cluster-3/*\` all that is read of one cluster. Where several faults meet a request, the first plays.
`;

/** All faults, as Markdown. */
export function faultPage(): string {
  const sections = Object.entries(faultGroups).map(([title, group]) => {
    const rows = Object.entries(group).map(([name, fault]) => [
      code(writtenForm(name, fault)),
      fault.parameter ? code(String(fault.parameter.default)) : '',
      fault.description,
    ]);
    return `\n## ${title}\n\n${table(['Fault', 'Without a parameter', 'What comes instead'], rows)}`;
  });
  return introduction + sections.join('');
}
