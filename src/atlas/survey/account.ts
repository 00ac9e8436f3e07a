import type { AccountScope } from '../../domain/scope.ts';
import type { AtlasClient } from '../client.ts';
import type { Api } from '../endpoints.ts';
import type { LegacyPolicy } from '../listing-kind.ts';
import type { Deadline } from '../transport/message.ts';

/** One account: its client, and what of Atlas is in its scope. */
export type SurveyedAccount = AccountScope & {
  readonly api: Api;
  readonly client: AtlasClient;
  readonly legacy: LegacyPolicy;
};

/** What one survey is asked for: how far to look, and until when. */
export type SurveyRequest = Deadline & {
  /** List projects and clusters again, not only those whose last listing failed. */
  readonly discover: boolean;
  readonly onProgress: (done: number, total: number) => void;
};
