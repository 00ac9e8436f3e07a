import type {
  RawBackups,
  RawCloudSnapshot,
  RawFlexSnapshot,
  RawLegacySnapshot,
} from './raw-replies.ts';

/** A snapshot of any kind as the catalogue of metrics speaks of it. Times are Unix seconds. */
export type NaiveSnapshot = {
  id: string;
  status: 'queued' | 'in_progress' | 'completed' | 'failed';
  requested: number;
  taken: number;
  finished: number | undefined;
  expires: number;
  size: number | undefined;
  fallback: boolean;
  /** What counts as the same kind when sizes are compared. */
  kind: string;
  /** The ids of the policy items that it satisfies. */
  items: readonly string[];
  info: Record<string, string>;
};

const seconds = (date: string) => Date.parse(date) / 1000;

export function snapshotsOf({ cloud, flex, legacy }: RawBackups): NaiveSnapshot[] {
  return [...cloud.map(fromCloud), ...flex.map(fromFlex), ...legacy.map(fromLegacy)];
}

function fromCloud(raw: RawCloudSnapshot): NaiveSnapshot {
  const providers = new Set((raw.members ?? []).map(({ cloudProvider }) => cloudProvider));
  if (raw.cloudProvider !== undefined) providers.add(raw.cloudProvider);
  const frequency = raw.frequencyType === 'ondemand' ? 'on_demand' : raw.frequencyType;
  return {
    id: raw.id,
    status:
      ({ queued: 'queued', inProgress: 'in_progress', completed: 'completed' } as const)[
        raw.status
      ] ?? 'failed',
    requested: Number(`0x${raw.id.slice(0, 8)}`),
    taken: raw.createdAt === undefined ? Number.NaN : seconds(raw.createdAt),
    finished: undefined,
    expires: raw.expiresAt === undefined ? Number.NaN : seconds(raw.expiresAt),
    size: raw.storageSizeBytes,
    fallback: raw.snapshotType === 'fallback',
    kind: `cloud ${frequency}`,
    items: raw.policyItems,
    info: {
      source: 'cloud',
      snapshot_type: raw.snapshotType === 'onDemand' ? 'on_demand' : raw.snapshotType,
      frequency,
      cloud_provider: providers.size > 1 ? 'multiple' : ([...providers][0] ?? ''),
      mongodb_version: raw.mongodVersion ?? '',
      encrypted: raw.masterKeyUUID === undefined ? 'false' : 'true',
    },
  };
}

function fromFlex(raw: RawFlexSnapshot): NaiveSnapshot {
  const statuses: Record<string, NaiveSnapshot['status']> = {
    PENDING: 'queued',
    QUEUED: 'queued',
    RUNNING: 'in_progress',
    COMPLETED: 'completed',
  };
  return {
    id: raw.id,
    status: statuses[raw.status] ?? 'failed',
    requested: seconds(raw.scheduledTime),
    taken: seconds(raw.startTime ?? raw.scheduledTime),
    finished: raw.finishTime === undefined ? undefined : seconds(raw.finishTime),
    expires: seconds(raw.expiration),
    size: undefined,
    fallback: false,
    kind: 'flex',
    items: [],
    info: { source: 'flex', mongodb_version: raw.mongoDBVersion },
  };
}

function fromLegacy(raw: RawLegacySnapshot): NaiveSnapshot {
  const ends = raw.parts.map(({ completedTime }) => completedTime ?? '').sort();
  const taken = seconds(raw.created.date);
  return {
    id: raw.id,
    status: raw.complete ? 'completed' : 'in_progress',
    requested: taken,
    taken,
    finished: ends.includes('') ? undefined : seconds(ends.at(-1) ?? ''),
    expires: raw.doNotDelete ? Number.POSITIVE_INFINITY : seconds(raw.expires ?? ''),
    size: raw.parts.reduce((sum, { storageSizeBytes }) => sum + storageSizeBytes, 0),
    fallback: false,
    kind: 'legacy',
    items: [],
    info: {
      source: 'legacy',
      mongodb_version: raw.parts[0]?.mongodVersion ?? '',
      encrypted: String(raw.parts.some(({ encryptionEnabled }) => encryptionEnabled)),
    },
  };
}
