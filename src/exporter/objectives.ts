import type { Config } from '../config/config.ts';
import { parseDuration } from '../config/duration.ts';
import { matchesCluster } from '../config/selection.ts';
import type { Cluster } from '../domain/cluster.ts';
import type { ObjectiveRules } from '../domain/objective.ts';

/** What the configuration says about objectives: the first override that matches, else the tag. */
export function objectiveRules({ objectives }: Config): ObjectiveRules {
  const { graceSeconds, overrides, tag } = objectives;
  return {
    graceSeconds,
    stated: (project, cluster) => {
      const override = overrides.find(({ match }) => matchesCluster(match, project, cluster.name));
      if (override?.rpoSeconds === 'none') return 'exempt';
      if (override !== undefined) return { seconds: override.rpoSeconds, source: 'override' };
      const seconds = tagSeconds(tagOf(cluster, tag));
      return seconds === undefined ? undefined : { seconds, source: 'tag' };
    },
  };
}

/** The value of a cluster's tag of objectives that cannot be read as one. */
export function unreadableTag(cluster: Cluster, tag: string): string | undefined {
  const value = tagOf(cluster, tag);
  return tagSeconds(value) === undefined ? value : undefined;
}

function tagOf({ tags }: Cluster, tag: string): string | undefined {
  return tag === '' ? undefined : tags.find(({ key }) => key === tag)?.value;
}

/** An objective of no time at all would be late at once. */
function tagSeconds(value: string | undefined): number | undefined {
  const seconds = value === undefined ? undefined : parseDuration(value.trim());
  return seconds !== undefined && seconds >= 60 ? seconds : undefined;
}
