import type { AccountScope } from '../../domain/scope.ts';
import type { AtlasClient } from '../client.ts';
import type { Api } from '../endpoints.ts';
import type { LegacyPolicy } from '../family.ts';
import type { Patience } from '../transport/patience.ts';

/** One account: its client, and what of Atlas is in its scope. */
export type SurveyedAccount = AccountScope & {
  readonly api: Api;
  readonly client: AtlasClient;
  readonly legacy: LegacyPolicy;
};

/** One pass over the fleet: how far and how patiently. */
export type Pass = Patience & {
  /** List projects and clusters again, not only those whose last listing failed. */
  readonly discover: boolean;
  readonly onProgress: (done: number, total: number) => void;
};
