import { clusterFamilies } from '../../src/collectors/families.ts';
import { eventFamilies } from '../../src/metrics/event-families.ts';
import { exporterFamilies } from '../../src/metrics/exporter-families.ts';
import type { FamilyFacts, LabelValues } from '../../src/metrics/family.ts';
import { projectFamilies } from '../../src/metrics/project-families.ts';
import { runtimeFamilies } from '../../src/metrics/runtime-families.ts';
import { capitalised, code, origin, table } from '../markdown.ts';

type Section = {
  readonly title: string;
  /** Wrapped by hand: the page is read as plain text, too. */
  readonly about: string;
  readonly families: readonly FamilyFacts[];
};

const introduction = `# Metrics

<!-- ${origin('docs', 'the tables in src/metrics')} -->

Every series of \`/metrics\`. The settings named here are keys of the configuration.

**Identity.** Every series about a cluster has the labels \`project_id\`, \`project\` and \`cluster\`;
every series about a project has \`project_id\` and \`project\`. Names are not unique across projects
and organisations, so join on \`(project_id, cluster)\`. A label whose value is not known is left out.
Names of more than 256 bytes are truncated and end with a hash.

**Cached.** A scrape returns the data of the last poll, and starts the next one when that is older
than \`poll.interval\`; only a scrape before the end of the first poll waits for Atlas. Ages and times
to expiry are computed at the scrape, so that they keep counting when polling has stopped.

**When a read fails**, the last good data about that cluster stays, \`refresh_success\` becomes 0 and
\`refresh_last_success_timestamp_seconds\` stops. After \`poll.max_staleness\` without a good read, the
series that do not age by themselves are removed: counts, sizes, durations, pending snapshots.
Timestamps, and ages computed from them, stay as long as the cluster is assumed to exist. A cluster is
removed after two complete listings of its project in a row without it, never because of a failure.

**Shards.** With \`--total-shards\`, each cluster is read by one process, and the series about each
project are exported by one. Together they export what a single process would.

**Absent or 0.** An absent series means that the value is not known or does not apply; a 0 is a real
value. A timestamp about Atlas is never 0.
`;

/** The reference of all series, as Markdown. */
export function referencePage(): string {
  return [introduction, ...sections().map(sectionText)].join('\n');
}

function sections(): readonly Section[] {
  const byCollector = Map.groupBy(clusterFamilies, ({ collector }) => collector);
  return [
    ...[...byCollector].map(([collector, families]) => ({
      title: collector === 'clusters' ? 'Cluster' : capitalised(collector),
      about: `Labels \`project_id\`, \`project\`, \`cluster\`, and those of the table. Collector \`${collector}\`.`,
      families,
    })),
    {
      title: 'Project',
      about:
        'Labels `project_id`, `project`, and those of the table. Collector `clusters`. A project that is\nnamed in the configuration and was never found carries what was named: `project_id` if that is an id,\nelse `project`.',
      families: projectFamilies,
    },
    {
      title: 'Exporter',
      about:
        'About the exporter itself, exported from the first scrape on. Counters start at 0 with the process.',
      families: [...exporterFamilies, ...Object.values(eventFamilies)],
    },
    {
      title: 'Process',
      about: 'Resources of the process. `metrics.runtime: false` turns them off.',
      families: runtimeFamilies,
    },
  ];
}

function sectionText({ title, about, families }: Section): string {
  const values = families.flatMap(valueLines);
  return [
    `## ${title}\n\n${about}\n`,
    table(['Name', 'Type', 'Labels', 'Meaning, and when absent', 'Stability'], families.map(row)),
    ...(values.length === 0 ? [] : ['Values of these labels:', '', ...values, '']),
  ].join('\n');
}

function row({ name, type, labels, help, stability, optIn }: FamilyFacts): readonly string[] {
  const labelNames = Object.keys(labels).map(code).join(', ');
  const mark = optIn === undefined ? stability : `${stability}; with ${code(optIn)} only`;
  return [code(name), type, labelNames, help, mark];
}

/** Lists are below the table, which would be too wide to read with them. */
function valueLines({ name, labels }: FamilyFacts): readonly string[] {
  const all = Object.entries(labels);
  if (all.length === 0) return [];
  const described = all.map(([label, values]) => `${code(label)} ${valuesText(values)}`);
  return [wrapped(`- ${code(name)}: ${described.join('; ')}.`)];
}

function valuesText(values: LabelValues): string {
  if (values === 'open') return 'is any text';
  const [first = ''] = values;
  if (first.startsWith('(')) return `is the ${first.slice(1, -1)}`;
  return `is one of ${values.map(code).join(', ')}`;
}

/** Breaks a list item into lines of at most 100 characters. */
function wrapped(item: string): string {
  const lines: string[] = [];
  let line = '';
  for (const word of item.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > 100) {
      lines.push(line);
      line = `  ${word}`;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line].join('\n');
}
