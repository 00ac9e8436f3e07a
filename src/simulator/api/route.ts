import type { UnixSeconds } from '../../domain/time.ts';
import type { Caller } from '../access/credentials.ts';
import type { World } from '../world/world.ts';
import type { Api } from './links.ts';
import type { RateLimit } from './rate-limits.ts';
import type { Versions } from './versions.ts';

/** What a path can name. `id` is that of the one thing asked for, whatever it is. */
type PathNames = Readonly<Record<'organisationId' | 'groupId' | 'clusterName' | 'id', string>>;

/** One request after authentication, with what its path names. */
export type Call = PathNames & {
  readonly api: Api;
  /** After the prefix, as the links in answers repeat it. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly version: string;
  readonly caller: Caller;
  readonly world: World;
  readonly now: UnixSeconds;
};

export type Route = {
  /** After the prefix, with names like `:clusterName` for what varies. */
  readonly path: string;
  readonly versions: Versions;
  readonly limit: RateLimit;
  /** API v1.0 does not know it. */
  readonly onlyV2?: boolean;
  /** The body of a good answer. @throws RefusedRequest */
  readonly answer: (call: Call) => object;
};

export type Matched = { readonly route: Route; readonly names: PathNames };

/** Finds the first route of a path. */
export function routeMatcher(
  routes: readonly Route[],
): (api: Api, path: string) => Matched | undefined {
  const all = routes.map((route) => ({ route, segments: segmentsOf(route.path) }));
  return (api, path) => {
    const given = segmentsOf(path);
    for (const { route, segments } of all) {
      if (segments.length !== given.length || (route.onlyV2 === true && api !== 'v2')) continue;
      if (!segments.every((one, nth) => one.startsWith(':') || one === given[nth])) continue;
      const named = (name: string) => decoded(given[segments.indexOf(`:${name}`)] ?? '');
      const names = {
        organisationId: named('organisationId'),
        groupId: named('groupId'),
        clusterName: named('clusterName'),
        id: named('id'),
      };
      return { route, names };
    }
    return undefined;
  };
}

function segmentsOf(path: string): readonly string[] {
  return path.split('/').filter((segment) => segment !== '');
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
