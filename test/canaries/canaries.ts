/** What must stand in no output: the secrets of all fixtures, and what is made of a secret. */
type Canary = {
  readonly what: string;
  readonly pattern: RegExp;
  /** Commands that print it on purpose: the simulator's own credentials are documented. */
  readonly printedBy?: readonly string[];
};

const simulating = ['demo', 'simulate'];

const canaries: readonly Canary[] = [
  { what: 'a secret of a configuration', pattern: /canary-secret-7f3a/ },
  { what: 'a private key', pattern: /canary-private-7f2c/ },
  { what: 'a client secret', pattern: /mdb_sa_sk_canary-91ab/ },
  { what: 'the key of the simulator', pattern: /simulator-key/, printedBy: simulating },
  {
    what: 'the client secret of the simulator',
    pattern: /mdb_sa_sk_simulator/,
    printedBy: simulating,
  },
  { what: 'the password of a proxy', pattern: /opensesame/ },
  { what: 'the answer to a nonce', pattern: /\bresponse=\\?"?[0-9a-f]{32}/ },
  { what: 'a token', pattern: /\bBearer [\w.~+/-]{8,}/ },
  // As base64 has it: `Basic authentication` is none.
  { what: 'a login', pattern: /\bBasic (?=[a-z+/]*[A-Z0-9])[A-Za-z0-9+/]{8,}/ },
];

/** Access tokens that were given out while the tests of this file ran. */
const tokens = new Set<string>();

export function remember(token: string): void {
  tokens.add(token);
}

export function forgetTokens(): void {
  tokens.clear();
}

/** What of it stands in a text that came out of `command`. Never the secret itself. */
export function leaksIn(text: string, command = ''): readonly string[] {
  const found = canaries
    .filter(({ printedBy = [] }) => !printedBy.includes(command))
    .filter(({ pattern }) => pattern.test(text))
    .map(({ what }) => what);
  const given = [...tokens].some((token) => text.includes(token));
  return given ? [...found, 'an access token'] : found;
}
