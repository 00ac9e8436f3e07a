import type { UnixSeconds } from '../../domain/time.ts';
import type { Caller } from '../access/credentials.ts';
import type { World } from '../world/world.ts';
import type { Api } from './links.ts';

/** One request after authentication, with what its path names. */
export type Call = {
  readonly api: Api;
  /** After the prefix, as the links in answers repeat it. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly version: string;
  readonly caller: Caller;
  readonly world: World;
  readonly now: UnixSeconds;
  readonly organisationId: string;
  readonly groupId: string;
  readonly clusterName: string;
  readonly snapshotId: string;
};
