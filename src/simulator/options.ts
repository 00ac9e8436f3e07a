import type { Clock } from '../domain/time.ts';
import type { ApiKey, ServiceAccount } from './access/credentials.ts';
import type { DigestAlgorithm } from './access/digest.ts';
import type { Limits } from './api/rate-limits.ts';
import type { World } from './world/world.ts';

export type SimulatorOptions = {
  readonly world: World;
  /** The time in the world, which its snapshots and the header Date follow. It may run fast. */
  readonly clock?: Clock;
  /** The time in which nonces, tokens and rate limits are counted. */
  readonly realClock?: Clock;
  readonly host?: string;
  /** Default 0: any free one. */
  readonly port?: number;
  readonly apiKeys?: readonly ApiKey[];
  readonly serviceAccounts?: readonly ServiceAccount[];
  readonly digestAlgorithm?: DigestAlgorithm;
  readonly nonceLifeSeconds?: number;
  readonly nonceUses?: number;
  readonly tokenLifeSeconds?: number;
  readonly maxLiveTokens?: number;
  /** Overrides of Atlas's documented limits by endpoint set. */
  readonly rateLimits?: Limits | 'off';
  readonly goneVersions?: readonly string[];
  readonly accessList?: readonly string[];
  readonly latencyMs?: number;
  /** How many of the last requests the request log lists; 0 leaves the counters alone. */
  readonly maxLoggedRequests?: number;
};
