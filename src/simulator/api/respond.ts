import { type Caller, mayAccess } from '../access/credentials.ts';
import { routes } from '../routes/table.ts';
import type { World } from '../world/world.ts';
import type { tokenBuckets } from './rate-limits.ts';
import { errors, RefusedRequest, type Reply } from './reply.ts';
import { type Call, type Matched, routeMatcher } from './route.ts';
import { negotiate } from './versions.ts';

export type ApiRequest = Pick<Call, 'path' | 'query' | 'caller' | 'now'> & {
  readonly accept: string | undefined;
  readonly address: string;
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

type Headers = Record<string, string>;

const matchRoute = routeMatcher(routes);

/** What Atlas answers to a GET whose sender is known. */
export function respond(rules: Rules, request: ApiRequest): Reply {
  const headers: Headers = {};
  try {
    const body = JSON.stringify(answerTo(rules, request, headers));
    return { status: 200, headers, body };
  } catch (error) {
    if (!(error instanceof RefusedRequest)) throw error;
    return { ...error.reply, headers: { ...headers, ...error.reply.headers } };
  }
}

/** Fills in the headers as it learns them; those of a refusal come on top. @throws RefusedRequest */
function answerTo(rules: Rules, request: ApiRequest, headers: Headers): object {
  const { accessList, world } = rules;
  const { path: whole, address, caller, query, now } = request;
  if (accessList?.includes(address) === false) throw new RefusedRequest(errors.address, address);
  const [, prefix, path = ''] = /^\/api\/atlas\/(v2|v1\.0)(\/.*)?$/.exec(whole) ?? [];
  const api = prefix === 'v2' || prefix === 'v1.0' ? prefix : undefined;
  const matched = api === undefined ? undefined : matchRoute(api, path);
  if (api === undefined || matched === undefined) {
    throw new RefusedRequest(errors.unknownPath, whole);
  }
  const { route, names } = matched;
  const version = api === 'v2' ? admit(rules, request, matched, headers) : '';
  if (api === 'v1.0') headers['Content-Type'] = 'application/json';
  if (names.groupId !== '') checkProject(world, caller, names.groupId);
  return route.answer({ ...names, api, path, query, version, caller, now, world });
}

/** The version that is served; costs a token. @throws RefusedRequest */
function admit(
  rules: Rules,
  request: ApiRequest,
  { route, names }: Matched,
  headers: Headers,
): string {
  const negotiated = negotiate(request.accept ?? '', route.versions, rules.goneVersions);
  const scope = names.groupId || names.organisationId || request.caller.name;
  const taken = rules.takeToken?.(route.limit, scope);
  if (taken !== undefined) {
    const { capacity, refill, periodSeconds } = taken.limit;
    headers['RateLimit-Limit'] = String(capacity);
    headers['RateLimit-Remaining'] = String(taken.remaining);
    const wait = taken.retryAfter;
    if (wait !== undefined) {
      headers['Retry-After'] = String(wait);
      const parameters = [request.path, wait, capacity, refill, periodSeconds];
      throw new RefusedRequest(errors.rateLimited, ...parameters);
    }
  }
  Object.assign(headers, negotiated.headers);
  return negotiated.version;
}

/** @throws RefusedRequest */
function checkProject(world: World, caller: Caller, groupId: string): void {
  if (!/^[0-9a-f]{24}$/.test(groupId)) throw new RefusedRequest(errors.badGroupId, groupId);
  if (!world.projects.some(({ id }) => id === groupId)) {
    throw new RefusedRequest(errors.noGroup, groupId);
  }
  if (mayAccess(caller, groupId)) return;
  throw new RefusedRequest(caller.refusal === 403 ? errors.forbidden : errors.noRole, groupId);
}
