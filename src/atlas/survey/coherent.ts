import type { Cluster } from '../../domain/cluster.ts';
import { AtlasError } from '../transport/failure.ts';

/**
 * The clusters of one project, each once. Of two with one name only one could be shown, and one of
 * another project would be shown there: such a listing says nothing that can be relied on.
 * @throws AtlasError bad_schema
 */
export function coherent(groupId: string, listed: readonly Cluster[]): readonly Cluster[] {
  const byName = new Map<string, Cluster>();
  for (const cluster of listed) {
    if (cluster.projectId !== groupId) throw contradiction('a cluster of another project');
    const { id } = byName.get(cluster.name) ?? cluster;
    if (id !== cluster.id) throw contradiction('two clusters of one name');
    byName.set(cluster.name, cluster);
  }
  return [...byName.values()];
}

function contradiction(code: string): AtlasError {
  return new AtlasError('bad_schema', 'clusters', { status: 200, code });
}
