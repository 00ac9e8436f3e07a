import { clusterFamilies } from '../src/collectors/families.ts';
import { eventFamilies } from '../src/metrics/event-families.ts';
import { exporterFamilies } from '../src/metrics/exporter-families.ts';
import type { LabelValues } from '../src/metrics/family.ts';
import { projectFamilies } from '../src/metrics/project-families.ts';
import type { ClusterIdentity, ProjectIdentity } from '../src/metrics/subjects.ts';

type Labels = Readonly<Record<string, LabelValues>>;

const ofProject: Record<keyof ProjectIdentity, 'open'> = { project_id: 'open', project: 'open' };
const ofCluster: Record<keyof ClusterIdentity, 'open'> = { ...ofProject, cluster: 'open' };

/** Every series a rule may name, with the labels that the exporter gives it and their values. */
export const vocabulary: ReadonlyMap<string, Labels> = new Map([
  ...clusterFamilies.map(({ name, labels }) => entry(name, { ...ofCluster, ...labels })),
  ...projectFamilies.map(({ name, labels }) => entry(name, { ...ofProject, ...labels })),
  ...exporterFamilies.map(({ name, labels }) => entry(name, labels)),
  ...Object.values(eventFamilies).map(({ name, labels }) => entry(name, labels)),
]);

function entry(name: string, labels: Labels): readonly [string, Labels] {
  return [name, labels];
}
