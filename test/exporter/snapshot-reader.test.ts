import { describe, expect, test } from 'vitest';
import { AtlasError } from '../../src/atlas/transport/failure.ts';
import type { Deadline } from '../../src/atlas/transport/message.ts';
import type { DetailedSnapshot } from '../../src/domain/snapshot-details.ts';
import { newSnapshotReader } from '../../src/exporter/snapshot-reader.ts';
import { standingTime } from '../atlas/transport/virtual-time.ts';
import { completed, noon } from '../domain/snapshots.ts';

const details = {
  description: undefined,
  replicaSetName: undefined,
  configServerType: undefined,
  copyRegions: [],
  incremental: undefined,
  members: [],
  parts: [],
};
const snapshot: DetailedSnapshot = { ...completed(noon), details };
const kept = 300;

/** A reader, and an Atlas that answers each call when the test says so. */
function reading() {
  const time = standingTime();
  const bugs: unknown[] = [];
  const reader = newSnapshotReader({
    clock: () => noon,
    timing: time.timing,
    onBug: (error) => bugs.push(error),
  });
  const calls: (PromiseWithResolvers<DetailedSnapshot> & { readonly patience: Deadline })[] = [];
  let most = 0;
  let running = 0;
  const ask = async (patience: Deadline) => {
    running += 1;
    most = Math.max(most, running);
    const call = { ...Promise.withResolvers<DetailedSnapshot>(), patience };
    calls.push(call);
    return call.promise.finally(() => {
      running -= 1;
    });
  };
  return {
    time,
    bugs,
    reader,
    calls,
    most: () => most,
    read: (key: string) => reader.read(key, ask, kept),
  };
}

describe('the reader of single snapshots', () => {
  test('asks once for all who want the same, and keeps the answer for as long as it is told', async () => {
    const { read, reader, calls, time } = reading();
    const both = [read('a'), read('a')];
    await time.advance(0);
    calls[0]?.resolve(snapshot);
    const answer = { kind: 'read', value: snapshot, at: noon };
    expect(await Promise.all(both)).toEqual([answer, answer]);
    await time.advance(kept * 1000 - 1);
    expect(await read('a')).toEqual(answer);
    expect(calls.length).toBe(1);
    await time.advance(1);
    expect(reader.known('a')).toBeUndefined();
    void read('a');
    await time.advance(0);
    expect(calls.length).toBe(2);
  });

  test('has one call under way at a time', async () => {
    const { read, calls, time, most } = reading();
    const all = ['a', 'b', 'c'].map((key) => read(key));
    for (const at of [0, 1, 2]) {
      await time.advance(0);
      expect(calls.length).toBe(at + 1);
      calls[at]?.resolve(snapshot);
    }
    expect((await Promise.all(all)).map(({ kind }) => kind)).toEqual(['read', 'read', 'read']);
    expect(most()).toBe(1);
  });

  test('lets nobody wait for longer than 10 seconds, and asks for nobody who has gone', async () => {
    const { read, calls, time } = reading();
    const [first, second] = [read('a'), read('b')];
    await time.advance(10_000);
    expect(await first).toEqual({ kind: 'busy' });
    expect(await second).toEqual({ kind: 'busy' });
    calls[0]?.resolve(snapshot);
    await time.advance(0);
    expect(calls.length).toBe(1);
    // What came too late for those who asked is there for the next.
    expect(await read('a')).toMatchObject({ kind: 'read' });
  });

  test('turns away who comes when 20 wait already', async () => {
    const { read, time } = reading();
    const waiting = Array.from({ length: 21 }, (_, n) => read(String(n)));
    await time.advance(0);
    expect(await read('one more')).toEqual({ kind: 'busy' });
    await time.advance(10_000);
    await Promise.all(waiting);
  });

  test('keeps a failure for 30 seconds', async () => {
    const { read, calls, time } = reading();
    const first = read('a');
    await time.advance(0);
    calls[0]?.reject(new AtlasError('forbidden', 'snapshot', { status: 403, code: 'NO' }));
    const failure = { reason: 'forbidden', endpoint: 'snapshot', detail: '403 NO' };
    expect(await first).toEqual({ kind: 'failed', failure, at: noon });
    await time.advance(29_999);
    expect(await read('a')).toMatchObject({ kind: 'failed' });
    expect(calls.length).toBe(1);
    await time.advance(1);
    void read('a');
    await time.advance(0);
    expect(calls.length).toBe(2);
  });

  test('makes a failure of a fault of our own, and tells it', async () => {
    const { read, calls, time, bugs } = reading();
    const first = read('a');
    await time.advance(0);
    calls[0]?.reject(new Error('a canary that nobody may see'));
    expect(await first).toMatchObject({ kind: 'failed', failure: { reason: 'internal' } });
    expect(JSON.stringify(await read('a'))).not.toContain('canary');
    expect(bugs.length).toBe(1);
  });

  test('gives a call as long as those who wait for it, and cuts it short at the end', async () => {
    const { read, calls, time, reader } = reading();
    void read('a');
    await time.advance(0);
    expect(calls[0]?.patience.deadlineMs).toBe(time.now() + 10_000);
    reader.stop();
    expect(calls[0]?.patience.signal.aborted).toBe(true);
  });

  test('forgets the oldest of more than 200 answers', async () => {
    const { read, calls, time, reader } = reading();
    for (let n = 0; n <= 200; n += 1) {
      const answer = read(String(n));
      await time.advance(0);
      calls[n]?.resolve(snapshot);
      await answer;
    }
    expect(reader.known('0')).toBeUndefined();
    expect(reader.known('1')).toBeDefined();
  });
});
