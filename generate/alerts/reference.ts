import { type Alert, type Group, rulesOf } from '../../src/alerting/alert.ts';
import { ratioOver30Days } from '../../src/alerting/objectives.ts';
import type { Parameter } from '../../src/alerting/parameters.ts';
import { groups } from '../../src/collectors/alerts.ts';
import { capitalised, code, origin, table } from '../markdown.ts';

const introduction = `# Alerts

<!-- ${origin('rules', 'the tables in src/alerting')} -->

The rules are in \`helm/mongodbatlas-backup-exporter/rules/\`, as files that Prometheus takes as they
are; they need Prometheus 2.42 or newer. [An example](alertmanager.example.yaml) shows how to route
what they fire. *critical* is for a page, *warning* for a ticket, *info* for a note.

**Absent series never fire**, but for the alerts that are about absence. A series may be missing for
15 minutes, because scrapes fail, before a rule takes it as gone.

**Replicas are deduplicated**: one alert, however many of them are scraped. Labels other than
\`instance\` and \`pod\` have to be the same on all replicas.

**The job** of the exporter is \`mongodbatlas-backup-exporter\` in the rules that look at \`up\`. If yours
has another name, change it there.
`;

const objectives = `## Objectives over all clusters, in numbers

A cluster is inside its objective until its due time has passed. When its backup could not be seen in
time it counts as outside, too: what is known of it can no longer be trusted. Time in which the exporter was not scraped
at all counts neither way. The share of cluster-time inside the objective over 30 days, of each job:

\`\`\`promql
${ratioOver30Days.name}
\`\`\`

Cluster-time means that a time with more clusters weighs more; it is not an average of averages.
`;

/** The reference of all alerts and recorded series, as Markdown. */
export function alertPage(runbooks: string): string {
  return [
    introduction,
    ...groups.map((group) => alertSection(group, runbooks)),
    recordingSection(),
    objectives,
  ].join('\n');
}

function alertSection({ title, alerts }: Group, runbooks: string): string {
  const head = ['Alert', 'Severity', 'Fires when', 'For', 'Parameters'];
  const rows = alerts.map((alert) => alertCells(alert, runbooks));
  return `## ${title}\n\n${table(head, rows)}`;
}

function alertCells(alert: Alert, runbooks: string): readonly string[] {
  const parameters = Object.entries(alert.parameters).map(
    ([name, parameter]) => `${code(name)} ${parameterText(parameter)}`,
  );
  return [
    `[${alert.name}](${runbooks}${alert.name}.md)`,
    severitiesOf(alert),
    capitalised(alert.firesWhen),
    alert.for === '0s' ? 'at once' : alert.for,
    parameters.join(', '),
  ];
}

/** The severities that an alert can have. */
export function severitiesOf(alert: Alert): string {
  return rulesOf(alert)
    .map(({ severity }) => severity)
    .join(' or ');
}

function parameterText(parameter: Parameter): string {
  return parameter.unit === 'seconds' ? durationText(parameter.default) : String(parameter.default);
}

/** Seconds in the largest unit that leaves no rest. */
function durationText(seconds: number): string {
  const units = [
    [86_400, 'd'],
    [3600, 'h'],
    [60, 'm'],
  ] as const;
  const [size, unit] = units.find(([size]) => seconds % size === 0) ?? [1, 's'];
  return `${seconds / size}${unit}`;
}

function recordingSection(): string {
  const rows = groups
    .flatMap(({ recordings }) => recordings)
    .map(({ name, about }) => [code(name), about]);
  return `## Recorded series\n\n${table(['Name', 'Meaning'], rows)}`;
}
