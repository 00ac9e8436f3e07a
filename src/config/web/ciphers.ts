/** The suites that Go has for TLS 1.2 and calls secure, as OpenSSL names them. */
const tls12 = {
  TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256: 'ECDHE-ECDSA-AES128-GCM-SHA256',
  TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384: 'ECDHE-ECDSA-AES256-GCM-SHA384',
  TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256: 'ECDHE-ECDSA-CHACHA20-POLY1305',
  TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256: 'ECDHE-RSA-AES128-GCM-SHA256',
  TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384: 'ECDHE-RSA-AES256-GCM-SHA384',
  TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256: 'ECDHE-RSA-CHACHA20-POLY1305',
  TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA: 'ECDHE-ECDSA-AES128-SHA',
  TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA: 'ECDHE-ECDSA-AES256-SHA',
  TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA: 'ECDHE-RSA-AES128-SHA',
  TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA: 'ECDHE-RSA-AES256-SHA',
} as const;

/** Those of TLS 1.3 have one name everywhere, and are on whatever is chosen for TLS 1.2, as in Go. */
const tls13 = [
  'TLS_AES_128_GCM_SHA256',
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
] as const;

type CipherSuite = keyof typeof tls12 | (typeof tls13)[number];

export const cipherSuites = [...Object.keys(tls12), ...tls13] as CipherSuite[];

/** The choice in the order given, as OpenSSL reads it; undefined when nothing was chosen. */
export function opensslCiphers(chosen: readonly CipherSuite[]): string | undefined {
  if (chosen.length === 0) return undefined;
  const named = chosen.flatMap((suite) =>
    suite in tls12 ? tls12[suite as keyof typeof tls12] : [],
  );
  return [...tls13, ...named].join(':');
}

const opensslCurve = {
  CurveP256: 'P-256',
  CurveP384: 'P-384',
  CurveP521: 'P-521',
  X25519: 'X25519',
} as const;

type Curve = keyof typeof opensslCurve;

export const curves = Object.keys(opensslCurve) as Curve[];

/** The same for curves. */
export function opensslCurves(chosen: readonly Curve[]): string | undefined {
  return chosen.length === 0 ? undefined : chosen.map((curve) => opensslCurve[curve]).join(':');
}
