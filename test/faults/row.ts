import type { FailureReason } from '../../src/domain/failure.ts';
import type { MappedField, RejectionReason } from '../../src/domain/report.ts';
import type { Interception } from '../../src/simulator/interception.ts';
import type { Meddler } from './gate.ts';

/** What of Atlas the fault meets. */
export type Place =
  /** The snapshots of one cluster. */
  | 'snapshots'
  /** Those of a sharded cluster, and of a flex one. */
  | 'sharded'
  | 'flex'
  | 'schedule'
  /** The clusters of one project. */
  | 'clusters'
  | 'projects'
  | 'everything'
  | 'token';

/** What must come of it. */
export type Expected =
  /** What the fault meets fails with this reason; what was known stays, and all else goes on. */
  | { readonly kind: 'fails'; readonly reason: FailureReason }
  /** As if nothing had happened: not a number on the page differs. */
  | { readonly kind: 'absorbed' }
  /** The listing is taken, with what is good in it; what is not is counted. */
  | {
      readonly kind: 'taken';
      readonly rejected?: RejectionReason;
      readonly unknown?: MappedField;
      /** It holds names that Atlas does not know when they are asked for. */
      readonly misnames?: true;
    }
  /** Not believed at first sight; believed when the next poll sees it again. */
  | { readonly kind: 'doubted' }
  /** What vanishes from a listing goes when a second one confirms it. */
  | { readonly kind: 'confirmed' };

export type Row = {
  /** In the catalogue of faults. */
  readonly id: string;
  readonly title: string;
  /** As `simulate --fault` takes it, without a path; or an answer; or bytes below HTTP. */
  readonly fault:
    | string
    | { readonly answer: () => Interception }
    | { readonly bytes: () => Meddler }
    | 'refused connections';
  readonly at: Place;
  readonly expected: Expected;
  /** Clusters that it may meet, too: they draw from the same rate limit. */
  readonly also?: readonly string[];
  readonly by?: 'key' | 'service account';
  /** Between two polls. Default: so long that tokens and nonces have ended. */
  readonly stepSeconds?: number;
  /** Of one request; default 5 s. */
  readonly timeoutMs?: number;
  /** Real time that one poll may take; default 6 s. */
  readonly withinMs?: number;
  /** The exporter's own series that must have this value after the fault, by name and labels. */
  readonly shows?: Readonly<Record<string, number>>;
};
