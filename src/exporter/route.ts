import { NoConnection, type Route } from '../atlas/transport/route.ts';
import { readCaFile } from '../config/ca-file.ts';
import type { Account } from '../config/config.ts';
import { readProxy } from '../config/proxy.ts';
import { lastGood } from '../runtime/last-good.ts';

/**
 * How an account is reached, its files read anew for each connection. One that cannot be read leaves
 * what it held before in use; `trouble` gets the message, which names key and path.
 */
export function routeOf(
  { proxy, caFile }: Pick<Account, 'proxy' | 'caFile'>,
  trouble: (message: string) => void,
): Route {
  return {
    proxy:
      proxy &&
      lastGood(() => readProxy(proxy), {
        trouble,
        fail: () => new NoConnection('network', `${proxy.key} cannot be used`),
      }),
    ca:
      caFile &&
      lastGood(() => readCaFile(caFile), {
        trouble,
        fail: () => new NoConnection('tls', `${caFile.key} cannot be used`),
      }),
  };
}
