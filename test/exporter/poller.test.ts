import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Survey } from '../../src/atlas/survey/survey.ts';
import { realTiming } from '../../src/atlas/transport/timing.ts';
import { newFleet } from '../../src/domain/fleet.ts';
import { firstGeneration, type Generation } from '../../src/domain/generation.ts';
import type { Report } from '../../src/domain/report.ts';
import type { PollPlan } from '../../src/exporter/poll.ts';
import { newPoller } from '../../src/exporter/poller.ts';

const fleet = newFleet([{ name: 'main', namedProjects: [] }]);

/** A pass that read everything there is, which is nothing. */
const report: Report = {
  endedAt: 1_786_528_800,
  projects: new Map([
    ['main', { kind: 'read', value: { found: [], missing: [] }, at: 1_786_528_800 }],
  ]),
  clusters: new Map(),
  backups: new Map(),
  collected: new Map(),
  unreliable: new Set(),
  anomalies: { rejected: [], unknown: [], duplicateProjects: 0, clustersOverLimit: 0 },
};

type Prepared = { readonly of: number; readonly complete: boolean };

type Course = {
  readonly survey?: Survey;
  readonly prepare?: (generation: Generation) => Promise<Prepared>;
  readonly background?: boolean;
};

/** A poller whose passes end when the test says so, and whose time passes when the test says so. */
async function polling({ survey, prepare, background = false }: Course = {}) {
  let now = 0;
  const passes: { discover: boolean; signal: AbortSignal; deadlineMs: number; end: () => void }[] =
    [];
  const ended: Generation[] = [];
  const delays: number[] = [];
  const broken: unknown[] = [];
  const plan: PollPlan<Prepared> = {
    survey:
      survey ??
      ((_fleet, { discover, signal, deadlineMs }) =>
        new Promise((resolve) => {
          const end = () => resolve(report);
          signal.addEventListener('abort', end);
          passes.push({ discover, signal, deadlineMs, end });
        })),
    prepare: prepare ?? (async ({ number }) => ({ of: number, complete: true })),
    intervalMs: 60_000,
    discoveryIntervalMs: 180_000,
    background,
  };
  const poller = await newPoller<Prepared>({
    plan,
    known: firstGeneration(fleet, ['clusters', 'snapshots']),
    timing: { ...realTiming, monotonicMs: () => now },
    observer: {
      polled: ({ generation }, _, longestDelay) => {
        ended.push(generation);
        delays.push(longestDelay);
      },
      broke: (error) => void broken.push(error),
      progress: () => undefined,
    },
  });
  onTestFinished(() => poller.stop());
  const settled = async () => {
    while (poller.inProgress()) await new Promise(setImmediate);
  };
  /** Lets time pass, asks for a refresh, and ends the pass that this starts. */
  const pollAfter = async (ms: number) => {
    now += ms;
    poller.refreshIfDue();
    passes.at(-1)?.end();
    await settled();
  };
  const pass = (ms: number) => {
    now += ms;
  };
  return { poller, plan, passes, ended, delays, broken, pass, pollAfter, settled };
}

describe('the poller', () => {
  test('knows nothing and asks nothing before it is asked', async () => {
    const { poller, passes } = await polling();
    expect(passes).toEqual([]);
    expect(poller.ready()).toBe(false);
    expect(poller.current()).toMatchObject({ generation: { number: 0 }, prepared: { of: 0 } });
  });

  test('polls once however often it is asked meanwhile', async () => {
    const { poller, passes, pass, settled } = await polling();
    poller.refreshIfDue();
    pass(600_000);
    poller.refreshIfDue();
    poller.refreshIfDue();
    expect(passes).toHaveLength(1);
    expect(poller.inProgress()).toBe(true);
    passes[0]?.end();
    await settled();
    expect(poller.current()).toMatchObject({ generation: { number: 1 }, prepared: { of: 1 } });
    expect(poller.ready()).toBe(true);
  });

  test('tells for how long it let all else wait', async () => {
    const blocking = async ({ number }: Generation) => {
      // A poll has begun: the first page is prepared before.
      for (const until = performance.now() + (number === 0 ? 0 : 200); performance.now() < until; );
      await delay(50);
      return { of: number, complete: true };
    };
    const { poller, passes, delays, settled } = await polling({ prepare: blocking });
    poller.refreshIfDue();
    // Nothing is watched before the loop has turned once.
    await delay(50);
    passes[0]?.end();
    await settled();
    expect(delays).toHaveLength(1);
    expect(delays[0]).toBeGreaterThan(0.1);
  });

  test('polls again when the interval has passed, not before', async () => {
    const { poller, passes, pass, pollAfter } = await polling();
    await pollAfter(0);
    pass(59_999);
    poller.refreshIfDue();
    expect(passes).toHaveLength(1);
    await pollAfter(1);
    expect(poller.current().generation.number).toBe(2);
  });

  test('discovers at its own, longer interval', async () => {
    const { passes, pollAfter } = await polling();
    for (let n = 0; n < 5; n += 1) await pollAfter(60_000);
    expect(passes.map(({ discover }) => discover)).toEqual([true, false, false, true, false]);
  });

  test('gives a pass three intervals to end, and two minutes at least', async () => {
    const { passes, pollAfter } = await polling();
    await pollAfter(5_000);
    expect(passes[0]?.deadlineMs).toBe(5_000 + 180_000);
  });

  test.each([
    ['is read', undefined],
    ['is rendered', 1],
  ])(
    'is not healthy while a poll that %s does not end, and recovers when it does',
    async (_, hangs) => {
      const rendering = Promise.withResolvers<void>();
      const { poller, passes, pass, settled } = await polling({
        prepare: async ({ number }) => {
          if (number === hangs) await rendering.promise;
          return { of: number, complete: true };
        },
      });
      expect(poller.healthy()).toBe(true);
      pass(86_400_000);
      expect(poller.healthy()).toBe(true);
      poller.refreshIfDue();
      if (hangs !== undefined) passes[0]?.end();
      pass(359_999);
      expect(poller.healthy()).toBe(true);
      pass(1);
      poller.refreshIfDue();
      expect(poller.healthy()).toBe(false);
      expect(poller.current().generation.polls.lastCompletedAt).toBe(0);
      expect(passes).toHaveLength(1);
      passes[0]?.end();
      rendering.resolve();
      await settled();
      expect(poller.healthy()).toBe(true);
      expect(poller.current().generation.polls.lastCompletedAt).toBe(report.endedAt);
    },
  );

  test('is healthy however often polls fail', async () => {
    const { poller, pass, settled } = await polling({
      survey: () => Promise.reject(new Error('a fault')),
    });
    for (let n = 0; n < 20; n += 1) {
      pass(60_000);
      poller.refreshIfDue();
      await settled();
      expect(poller.healthy()).toBe(true);
    }
  });

  test('shows generation and page of one poll together', async () => {
    const rendering = Promise.withResolvers<void>();
    const { poller, passes } = await polling({
      prepare: async ({ number }) => {
        if (number === 1) await rendering.promise;
        return { of: number, complete: true };
      },
    });
    poller.refreshIfDue();
    passes[0]?.end();
    await new Promise(setImmediate);
    expect(poller.current()).toMatchObject({ generation: { number: 0 }, prepared: { of: 0 } });
    rendering.resolve();
    await poller.firstPoll(10_000);
    expect(poller.current()).toMatchObject({ generation: { number: 1 }, prepared: { of: 1 } });
  });

  test('keeps the page of before when one cannot be rendered, says so, and goes on', async () => {
    const { poller, broken, pollAfter, ended } = await polling({
      prepare: async ({ number }) => {
        if (number === 2 && broken.length === 0) throw new Error('rendering');
        return { of: number, complete: true };
      },
    });
    await pollAfter(0);
    expect(poller.current().generation.polls.success).toBe(true);
    await pollAfter(60_000);
    expect(poller.current()).toMatchObject({
      generation: { number: 1, polls: { success: false } },
      prepared: { of: 1 },
    });
    expect(broken).toEqual([new Error('rendering')]);
    await pollAfter(60_000);
    expect(poller.current()).toMatchObject({
      generation: { number: 2, polls: { success: true } },
      prepared: { of: 2 },
    });
    expect(ended).toHaveLength(2);
  });

  test('discovers again when what it discovered could not be shown', async () => {
    const { pollAfter, passes } = await polling({
      prepare: async ({ number }) => {
        if (number === 1 && passes.length === 1) throw new Error('rendering');
        return { of: number, complete: true };
      },
    });
    await pollAfter(0);
    await pollAfter(60_000);
    await pollAfter(60_000);
    expect(passes.map(({ discover }) => discover)).toEqual([true, true, false]);
  });

  test('renders again what is known when asked, once for all who wait', async () => {
    const rendered: number[] = [];
    const { poller, pollAfter } = await polling({
      prepare: async ({ number }) => {
        rendered.push(number);
        return { of: rendered.length, complete: true };
      },
    });
    await pollAfter(0);
    await Promise.all([poller.renderAgain(), poller.renderAgain()]);
    expect(rendered).toEqual([0, 1, 1]);
    expect(poller.current()).toMatchObject({ generation: { number: 1 }, prepared: { of: 3 } });
  });

  test('a page that is not all there makes the poll incomplete', async () => {
    const { poller, pollAfter } = await polling({
      prepare: async ({ number }) => ({ of: number, complete: false }),
    });
    await pollAfter(0);
    expect(poller.current()).toMatchObject({ generation: { polls: { success: false } } });
  });

  test('is ready even when its first pass broke', async () => {
    const { poller, broken, settled } = await polling({
      survey: () => Promise.reject(new Error('a fault')),
    });
    poller.refreshIfDue();
    await poller.firstPoll(10_000);
    await settled();
    expect(poller.ready()).toBe(true);
    expect(broken).toEqual([new Error('a fault')]);
    expect(poller.current().generation.polls.success).toBe(false);
  });

  test('waiting for the first poll ends after the given time', async () => {
    const { poller } = await polling();
    poller.refreshIfDue();
    await poller.firstPoll(20);
    expect(poller.inProgress()).toBe(true);
    expect(poller.ready()).toBe(false);
  });

  test('stopping cuts the pass short, lets waiters go, publishes nothing and starts nothing', async () => {
    const { poller, passes, pass, ended } = await polling({ background: true });
    poller.refreshIfDue();
    const waiting = poller.firstPoll(3_600_000);
    await poller.stop();
    await waiting;
    expect(passes[0]?.signal.aborted).toBe(true);
    expect(poller.inProgress()).toBe(false);
    expect(poller.ready()).toBe(false);
    expect(ended).toEqual([]);
    pass(600_000);
    poller.refreshIfDue();
    expect(passes).toHaveLength(1);
  });

  describe('that is to follow another plan', () => {
    const same = (generation: Generation) => generation;
    const other = (plan: PollPlan<Prepared>) => ({
      ...plan,
      prepare: async ({ number }: Generation) => ({ of: number + 100, complete: true }),
    });

    test('cuts the pass short, publishes nothing of it, and begins one of the new plan at once', async () => {
      const { poller, plan, passes, ended, settled } = await polling();
      poller.refreshIfDue();
      await poller.applyPlan(other(plan), same);
      expect(passes[0]?.signal.aborted).toBe(true);
      expect(ended).toEqual([]);
      expect(poller.current()).toMatchObject({ generation: { number: 0 }, prepared: { of: 100 } });
      expect(passes).toHaveLength(2);
      passes[1]?.end();
      await settled();
      expect(poller.current()).toMatchObject({ generation: { number: 1 }, prepared: { of: 101 } });
    });

    test('drops a pass that has ended, but is still being rendered by the old plan', async () => {
      const rendering = Promise.withResolvers<void>();
      const begun = Promise.withResolvers<void>();
      const { poller, plan, passes, ended } = await polling({
        prepare: async ({ number }) => {
          if (number === 1) {
            begun.resolve();
            await rendering.promise;
          }
          return { of: number, complete: true };
        },
      });
      poller.refreshIfDue();
      passes[0]?.end();
      await begun.promise;
      const followed = poller.applyPlan(other(plan), same);
      rendering.resolve();
      await followed;
      expect(ended).toEqual([]);
      expect(poller.current()).toMatchObject({ generation: { number: 0 }, prepared: { of: 100 } });
    });

    test('discovers with its first pass, and goes by the new intervals', async () => {
      const { poller, plan, passes, pollAfter, pass } = await polling();
      await pollAfter(0);
      await poller.applyPlan({ ...plan, intervalMs: 10_000, discoveryIntervalMs: 20_000 }, same);
      await pollAfter(0);
      pass(9_999);
      poller.refreshIfDue();
      expect(passes).toHaveLength(2);
      await pollAfter(1);
      await pollAfter(10_000);
      expect(passes.map(({ discover }) => discover)).toEqual([true, true, false, true]);
    });

    test('lets who waits for the first poll wait on, for the first of the new plan', async () => {
      const { poller, plan, passes } = await polling();
      poller.refreshIfDue();
      let waits = true;
      const waiting = poller.firstPoll(3_600_000).then(() => {
        waits = false;
      });
      await poller.applyPlan(other(plan), same);
      await new Promise(setImmediate);
      expect({ waits, ready: poller.ready() }).toEqual({ waits: true, ready: false });
      passes[1]?.end();
      await waiting;
      expect(poller.current()).toMatchObject({ generation: { number: 1 } });
    });

    test('goes on as before when it cannot be rendered', async () => {
      const { poller, plan, passes, pollAfter } = await polling();
      await pollAfter(0);
      const before = poller.current();
      const broken = { ...plan, prepare: () => Promise.reject(new Error('rendering')) };
      await expect(poller.applyPlan(broken, same)).rejects.toThrow('rendering');
      expect(poller.current()).toBe(before);
      passes.at(-1)?.end();
      await pollAfter(60_000);
      expect(poller.current()).toMatchObject({
        prepared: { of: poller.current().generation.number },
      });
    });

    test('polls by itself only if the new plan says so', async () => {
      const { poller, plan } = await polling({ survey: async () => report });
      await poller.applyPlan({ ...plan, background: true, intervalMs: 0 }, same);
      const polls = () => poller.current().generation.number;
      await vi.waitFor(() => expect(polls()).toBeGreaterThan(3), 5_000);
      await poller.applyPlan({ ...plan, intervalMs: 3_600_000 }, same);
      await vi.waitFor(() => expect(poller.inProgress()).toBe(false));
      const after = polls();
      await poller.firstPoll(50);
      expect(polls()).toBe(after);
    });

    test('starts nothing when it is stopped meanwhile', async () => {
      const { poller, plan, passes } = await polling();
      const followed = poller.applyPlan(other(plan), same);
      await poller.stop();
      await followed;
      expect(passes).toEqual([]);
    });
  });
});
