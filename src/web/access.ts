import type { TlsListener } from './listening/tls-listener.ts';

/** What came of the credentials of a request. `busy`: too many wait to be compared. */
export type Admission = 'admitted' | 'refused' | 'busy';

/** Who may ask, and what they are told besides. It may change while the server runs. */
export type Access = {
  /** Looks whether its files have changed. Never rejects; cheap enough for every request. */
  readonly refresh: () => Promise<void>;
  /** Headers of every answer, in lower case; an empty value leaves one out. */
  readonly headers: () => Readonly<Record<string, string>>;
  /** `hasGone` tells that nobody waits for the verdict any more. */
  readonly admits: (
    authorization: string | undefined,
    hasGone: () => boolean,
  ) => Promise<Admission>;
  /** Undefined: plain HTTP. */
  readonly tls: TlsListener | undefined;
};
