import type { UnixSeconds } from '../../domain/time.ts';
import { type Caller, mayAccess } from '../access/credentials.ts';
import { type Matched, matchRoute } from '../routes/table.ts';
import type { World } from '../world/world.ts';
import type { Api } from './links.ts';
import type { Taken, tokenBuckets } from './rate-limits.ts';
import { type Reply, refusal, refusals } from './reply.ts';
import { negotiate } from './versions.ts';

export type Asked = {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly accept: string | undefined;
  readonly address: string;
  readonly caller: Caller;
  readonly now: UnixSeconds;
};

export type Rules = {
  readonly world: World;
  /** Versions that are past their sunset. */
  readonly goneVersions: readonly string[];
  /** Addresses that may call. Undefined: all. */
  readonly accessList: readonly string[] | undefined;
  /** Undefined: unlimited. */
  readonly takeToken: ReturnType<typeof tokenBuckets> | undefined;
};

/** What Atlas answers to a GET whose sender is known. */
export function respond(rules: Rules, asked: Asked): Reply {
  const { accessList } = rules;
  if (accessList !== undefined && !accessList.includes(asked.address)) {
    return refusals.address(asked.address);
  }
  const [, prefix, rest = ''] = /^\/api\/atlas\/(v2|v1\.0)(\/.*)?$/.exec(asked.path) ?? [];
  const api: Api | undefined = prefix === 'v2' || prefix === 'v1.0' ? prefix : undefined;
  const matched = api === undefined ? undefined : matchRoute(api, rest);
  if (api === undefined || matched === undefined) return refusals.unknownPath(asked.path);
  return api === 'v2'
    ? respondV2(rules, asked, matched, rest)
    : answered(rules, asked, matched, { api, path: rest, version: '', headers: plainJson });
}

const plainJson = { 'Content-Type': 'application/json' };

function respondV2(rules: Rules, asked: Asked, matched: Matched, path: string): Reply {
  const { route } = matched;
  const negotiated = negotiate(asked.accept, route.versions, rules.goneVersions);
  if (negotiated.kind === 'invalid') return refusals.badVersion(asked.accept ?? '');
  if (negotiated.kind === 'gone') return refusals.goneVersion(negotiated.version);
  const taken = rules.takeToken?.(route.limits, scopeOf(asked, matched));
  const { version, headers } = negotiated;
  if (taken?.retryAfter !== undefined) return tooMany(asked.path, taken, taken.retryAfter);
  return answered(rules, asked, matched, {
    api: 'v2',
    path,
    version,
    headers: { ...headers, ...(taken === undefined ? {} : limitHeaders(taken)) },
  });
}

type Serving = {
  readonly api: Api;
  readonly path: string;
  readonly version: string;
  readonly headers: Readonly<Record<string, string>>;
};

function answered(rules: Rules, asked: Asked, { route, names }: Matched, serving: Serving): Reply {
  const { headers, ...how } = serving;
  const { caller, query, now } = asked;
  const reply =
    groupRefusal(rules.world, caller, names.groupId) ??
    route.answer({ ...how, ...names, query, caller, now, world: rules.world });
  return { ...reply, headers: { ...headers, ...reply.headers } };
}

function groupRefusal(world: World, caller: Caller, groupId: string): Reply | undefined {
  if (groupId === '') return undefined;
  if (!/^[0-9a-f]{24}$/.test(groupId)) return refusals.badGroupId(groupId);
  if (!world.projects.some(({ id }) => id === groupId)) return refusals.noGroup(groupId);
  if (mayAccess(caller, groupId)) return undefined;
  return caller.refusal === 403 ? refusals.forbidden(groupId) : refusals.noRole(groupId);
}

function scopeOf(asked: Asked, { names }: Matched): string {
  return names.groupId || names.organisationId || asked.caller.name;
}

function limitHeaders(taken: Taken): Readonly<Record<string, string>> {
  return {
    'RateLimit-Limit': String(taken.limit.capacity),
    'RateLimit-Remaining': String(taken.remaining),
  };
}

function tooMany(path: string, taken: Taken, wait: number): Reply {
  const { capacity, refill, periodSeconds } = taken.limit;
  const reply = refusal(
    429,
    'RATE_LIMITED_TOKEN_BUCKET',
    `Rate limit exceeded for ${path}. Try again in ${wait} seconds. The limit is ${capacity} requests, refilled by ${refill} every ${periodSeconds} seconds.`,
    [path, wait, capacity, refill, periodSeconds],
  );
  return {
    ...reply,
    headers: { ...reply.headers, ...limitHeaders(taken), 'Retry-After': String(wait) },
  };
}
