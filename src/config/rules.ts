import { z } from 'zod';

/** Rules that concern several keys at once. Each runs whatever is wrong with other keys. */

type Issue = { readonly message: string; readonly path?: (string | number)[] };

/** Runs on an object whose named keys are sound; zod alone would skip it after any other fault. */
export function rule<T extends object>(
  keys: readonly (keyof T & string)[],
  judge: (value: T) => Issue | undefined,
) {
  return z.superRefine<T>(
    (value, context) => {
      const issue = judge(value);
      if (issue !== undefined) context.addIssue({ code: 'custom', ...issue });
    },
    {
      when: ({ value, issues }) =>
        isRecord(value) && !issues.some(({ path }) => keys.some((key) => key === path?.[0])),
    },
  );
}

function isRecord(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Presence counts, not soundness: a faulty value is reported for itself. */
export function exactlyOne<T extends object>(one: keyof T & string, other: keyof T & string) {
  return rule<T>([], (value) => {
    const given = [one, other].filter((key) => value[key as keyof T] !== undefined).length;
    if (given === 1) return undefined;
    return given === 0
      ? { message: `needs ${one} or ${other}` }
      : { message: `must have only one of ${one} and ${other}` };
  });
}

export function atMostOne<T extends object>(one: keyof T & string, other: keyof T & string) {
  return rule<T>([], (value) =>
    value[one] === undefined || value[other] === undefined
      ? undefined
      : { message: `must have only one of ${one} and ${other}` },
  );
}

/** What the two above are in a JSON schema. */
export function eitherInJson(one: string, other: string) {
  return { oneOf: [{ required: [one] }, { required: [other] }] };
}

export function notBothInJson(one: string, other: string) {
  return { not: { required: [one, other] } };
}

type AccountKeys = {
  api: string;
  auth: { service_account?: unknown };
};

export function digestForOldApi<T extends AccountKeys>() {
  return rule<T>(['api'], ({ api, auth }) =>
    api === 'v1.0' && isRecord(auth) && auth.service_account !== undefined
      ? { path: ['api'], message: 'v1.0 works only with an api_key; a service_account needs v2' }
      : undefined,
  );
}

type PollKeys = {
  mode: string;
  interval: number;
  discovery_interval?: number | undefined;
  max_staleness?: number | undefined;
  sweep_interval?: number | undefined;
};

export function discoveryNotTooOften<T extends PollKeys>() {
  return rule<T>(['interval', 'discovery_interval'], (poll) =>
    (poll.discovery_interval ?? poll.interval) < poll.interval
      ? { path: ['discovery_interval'], message: 'must not be shorter than poll.interval' }
      : undefined,
  );
}

/** Fewer, and one slow or failed poll would make every cluster look stale. */
export const leastIntervalsToStale = 3;

export function stalenessLongEnough<T extends PollKeys>() {
  return rule<T>(['interval', 'max_staleness'], ({ interval, max_staleness }) =>
    (max_staleness ?? Number.POSITIVE_INFINITY) < interval * leastIntervalsToStale
      ? { path: ['max_staleness'], message: 'must be at least three times poll.interval' }
      : undefined,
  );
}

/** With fewer, mode adaptive would ask every cluster in every poll. */
const leastIntervalsToSweep = 2;

export function sweepNotTooOften<T extends PollKeys>() {
  return rule<T>(['mode', 'interval', 'sweep_interval'], ({ mode, interval, sweep_interval }) =>
    mode === 'adaptive' &&
    (sweep_interval ?? Number.POSITIVE_INFINITY) < interval * leastIntervalsToSweep
      ? { path: ['sweep_interval'], message: 'must be at least twice poll.interval' }
      : undefined,
  );
}

/** What was last read at the last sweep is as old as promised, and no failure. */
export function stalenessLongerThanSweep<T extends PollKeys>() {
  const keys = ['mode', 'interval', 'sweep_interval', 'max_staleness'] as const;
  return rule<T>(keys, ({ mode, interval, sweep_interval, max_staleness }) => {
    if (mode !== 'adaptive' || max_staleness === undefined) return undefined;
    const least = sweepSeconds(interval, sweep_interval) + interval * leastIntervalsToStale;
    return max_staleness < least
      ? {
          path: ['max_staleness'],
          message: 'must be at least poll.sweep_interval and three times poll.interval together',
        }
      : undefined;
  });
}

const usualSweepSeconds = 3600;

export function sweepSeconds(interval: number, stated: number | undefined): number {
  return stated ?? Math.max(usualSweepSeconds, interval * leastIntervalsToSweep);
}

type SectionKeys = { poll: { mode: string }; collectors: { schedule: boolean } };

/** Without schedules nothing tells when a snapshot is due. */
export function adaptiveNeedsSchedules<T extends SectionKeys>() {
  return rule<T>(['poll', 'collectors'], ({ poll, collectors }) =>
    poll.mode === 'adaptive' && !collectors.schedule
      ? { path: ['poll', 'mode'], message: 'adaptive needs collectors.schedule' }
      : undefined,
  );
}

type Named = { name?: string | undefined };

/** One account may go without a name; several are told apart by theirs. */
export function distinctNames<T extends Named>() {
  return z.superRefine<T[]>(
    (accounts, context) => {
      if (accounts.length < 2) return;
      const seen = new Set<unknown>();
      for (const [index, account] of accounts.entries()) {
        if (!isRecord(account)) continue;
        const path = [index, 'name'];
        if (account.name === undefined) {
          const message = 'is required when there are several accounts';
          context.addIssue({ code: 'custom', path, message });
        } else if (seen.has(account.name)) {
          const message = 'is already the name of another account';
          context.addIssue({ code: 'custom', path, message });
        }
        seen.add(account.name);
      }
    },
    { when: ({ value }) => Array.isArray(value) },
  );
}
