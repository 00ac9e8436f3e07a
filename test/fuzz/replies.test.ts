import fc from 'fast-check';
import { expect } from 'vitest';
import type { AtlasClient } from '../../src/atlas/client.ts';
import { endpoints } from '../../src/atlas/endpoints.ts';
import { AtlasError } from '../../src/atlas/transport/failure.ts';
import { failureReasons } from '../../src/domain/failure.ts';
import { flex, legacy, replicaSet } from '../atlas/decode/snapshot-records.ts';
import { patient, reader } from '../atlas/reader.ts';
import { rawServer } from '../atlas/transport/wire.ts';
import { groupId } from '../simulator/project.ts';
import { fuzz } from './fuzzing.ts';
import { bytesOf, type Draft, type Mutation, openMutations } from './mutations.ts';
import { clusterRecord, flexClusterRecord, projectRecord, scheduleRecord } from './samples.ts';

/** In every body; no message may have it. */
const inBody = 'written-in-the-body';

const listing = (...records: readonly object[]) => ({
  results: records.map((record) => ({ description: inBody, ...record })),
  links: [{ rel: 'self', href: 'https://cloud.example.com' }],
  totalCount: records.length,
});
const where = { groupId, clusterName: clusterRecord.name, name: flexClusterRecord.name };
const another = { ...replicaSet, id: '6a7b9d00aaaabbbbccccddd0', status: 'failed' };

type Asking = {
  readonly body: object;
  /** The ids that came. */
  readonly ask: (client: AtlasClient) => Promise<readonly string[]>;
};

const idsIn = ({ items }: { readonly items: readonly { readonly id: string }[] }) =>
  items.map(({ id }) => id);
const askings: Readonly<Record<string, Asking>> = {
  projects: {
    body: listing(projectRecord),
    ask: async ({ list }) => idsIn(await list(endpoints.projects, {}, patient)),
  },
  clusters: {
    body: listing(clusterRecord),
    ask: async ({ list }) => idsIn(await list(endpoints.clusters, where, patient)),
  },
  flexClusters: {
    body: listing(flexClusterRecord),
    ask: async ({ list }) => idsIn(await list(endpoints.flexClusters, where, patient)),
  },
  snapshots: {
    body: listing(replicaSet, another),
    ask: async ({ list }) => idsIn(await list(endpoints.snapshots, where, patient)),
  },
  flexSnapshots: {
    body: listing(flex),
    ask: async ({ list }) => idsIn(await list(endpoints.flexSnapshots, where, patient)),
  },
  legacySnapshots: {
    body: listing(legacy),
    ask: async ({ list }) => idsIn(await list(endpoints.legacySnapshots, where, patient)),
  },
  schedule: {
    body: { description: inBody, ...scheduleRecord },
    ask: async ({ one }) => {
      const { policyItems } = await one(endpoints.schedule, where, patient);
      return policyItems.map(({ id }) => id);
    },
  },
};

function draftOf(body: object, all: readonly Mutation[]): Draft {
  const whole: Draft = {
    status: '200 OK',
    headers: { 'Content-Type': 'application/json' },
    body: Buffer.from(JSON.stringify(body)),
    cutAt: undefined,
    open: false,
  };
  return all.reduce((draft, mutation) => mutation(draft), whole);
}

fuzz('replies', async () => {
  let answer: Draft;
  const server = await rawServer((socket) => {
    socket.write(bytesOf(answer));
    if (!answer.open) socket.end();
  });
  const { client } = reader(server.url, { timeoutMs: 300 });
  const anyAsking = fc.constantFrom(...Object.keys(askings));
  return fc.asyncProperty(anyAsking, openMutations, async (name, all) => {
    const { body, ask } = askings[name] ?? { body: {}, ask: async () => [] };
    const before = server.requests.length;
    answer = draftOf(body, all);
    try {
      const ids = await ask(client);
      for (const id of ids) expect(id).toMatch(/^[0-9a-f]{24}$/);
      if (name !== 'schedule') expect(new Set(ids).size).toBe(ids.length);
    } catch (error) {
      expect(error).toBeInstanceOf(AtlasError);
      if (!(error instanceof AtlasError)) return;
      expect(Object.keys(failureReasons)).toContain(error.reason);
      expect(error.reason).not.toBe('internal');
      expect(error.message).not.toContain(inBody);
      expect(error.message.length).toBeLessThan(200);
    }
    // Three tries, each of which may be refused once before it is signed, of the few pages at most.
    expect(server.requests.length - before).toBeLessThanOrEqual(12);
    expect(Object.keys(Object.prototype)).toEqual([]);
    answer = draftOf(body, []);
    expect(await ask(client)).toHaveLength(name === 'snapshots' || name === 'schedule' ? 2 : 1);
  });
});
