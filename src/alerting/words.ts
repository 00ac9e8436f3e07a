import { last } from './promql.ts';

type Format = 'humanizeTimestamp' | 'humanizeDuration' | 'humanizePercentage';

/** Names the cluster of the alert. */
export const cluster = 'Cluster {{ $labels.cluster }} of project {{ $labels.project }}';
export const shortly = '{{ $labels.project }}/{{ $labels.cluster }}';

/** The value of a series of the alert's cluster; `otherwise` when there is none. */
export function ofCluster(name: string, format: Format, otherwise = 'unknown'): string {
  const selected = last(name, 'project_id=%q,cluster=%q');
  return asked(`max(${selected})`, '$labels.project_id $labels.cluster', format, otherwise);
}

/** The value of a series of the alert's exporter; `otherwise` when there is none. */
export function ofExporter(name: string, format: Format, otherwise = 'unknown'): string {
  // 0 stands for never.
  return asked(`max(${last(name, 'job=%q')}) > 0`, '$labels.job', format, otherwise);
}

/** A template that asks Prometheus; `%q` stands for the variables, in their order. */
export function asked(query: string, variables: string, format: string, otherwise: string): string {
  return askedSentence(query, variables, (value) => `{{ ${value} | ${format} }}`, otherwise);
}

function askedSentence(
  query: string,
  variables: string,
  said: (value: string) => string,
  otherwise: string,
): string {
  const answer = said('. | first | value');
  return `{{ with query (printf "${query}" ${variables}) }}${answer}{{ else }}${otherwise}{{ end }}`;
}

/** Where the exporter's own page explains the cluster; nothing when nobody said where that is. */
export const link =
  `{{ with query (printf "${last('exporter_web_info', 'job=%q')}" $labels.job) }}` +
  ' See {{ . | first | label "external_url" }}/clusters/{{ $labels.project_id }}/{{ $labels.cluster }}.{{ end }}';

export const newestAt = ofCluster(
  'snapshot_last_completed_timestamp_seconds',
  'humanizeTimestamp',
  'no known time',
);
/** A sentence, which does not tell of a time when there is none. */
export const newestKnown = askedSentence(
  `max(${last('snapshot_last_completed_timestamp_seconds', 'project_id=%q,cluster=%q')})`,
  '$labels.project_id $labels.cluster',
  (value) => `The newest snapshot known was taken at {{ ${value} | humanizeTimestamp }}.`,
  'No completed snapshot is known.',
);
export const dueAt = ofCluster(
  'snapshot_due_timestamp_seconds',
  'humanizeTimestamp',
  'no known time',
);
export const readAt = ofCluster(
  'refresh_last_success_timestamp_seconds',
  'humanizeTimestamp',
  'no time since the exporter started',
);
export const untilAt = ofCluster(
  'recoverable_until_timestamp_seconds',
  'humanizeTimestamp',
  'no known time',
);
export const objective = ofCluster('rpo_objective_seconds', 'humanizeDuration', 'unknown length');
