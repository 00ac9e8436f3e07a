import { AtlasError } from '../atlas/transport/failure.ts';
import type { Deadline } from '../atlas/transport/message.ts';
import type { Observer } from '../atlas/transport/observer.ts';
import { realTiming } from '../atlas/transport/timing.ts';
import type { Config } from '../config/config.ts';
import { systemClock } from '../domain/time.ts';
import { type OpenAccount, openAccounts } from '../exporter/accounts.ts';
import { newLog } from '../exporter/log.ts';
import { inWords } from './accounts.ts';
import { CommandError } from './usage.ts';

export type Reading = { readonly accounts: readonly OpenAccount[]; readonly deadline: Deadline };

const nobody: Observer = {
  exchanged: () => undefined,
  retried: () => undefined,
  throttled: () => undefined,
  rateLimit: () => undefined,
  sunset: () => undefined,
  atlasClock: () => undefined,
};

/**
 * Runs a command that reads Atlas directly; Ctrl-C ends it.
 * @throws CommandError 1 with the words for what failed
 */
export async function reading<T>(
  config: Config,
  work: (reading: Reading) => Promise<T>,
  observer: Partial<Observer> = {},
): Promise<T> {
  const accounts = openAccounts(config, {
    observer: { ...nobody, ...observer },
    log: newLog({ ...config.log, level: 'error' }),
    clock: systemClock,
    timing: realTiming,
  });
  const interrupted = new AbortController();
  const interrupt = () => interrupted.abort();
  process.once('SIGINT', interrupt);
  try {
    const deadline = { signal: interrupted.signal, deadlineMs: Number.POSITIVE_INFINITY };
    return await work({ accounts, deadline });
  } catch (error) {
    throw error instanceof AtlasError ? new CommandError(inWords(error), 1) : error;
  } finally {
    process.off('SIGINT', interrupt);
    await Promise.all(accounts.map(({ close }) => close()));
  }
}

/** The account a command is about. @throws CommandError 2 */
export function accountNamed(
  accounts: readonly OpenAccount[],
  named: string | true | undefined,
): OpenAccount {
  const account =
    named === undefined && accounts.length === 1
      ? accounts[0]
      : accounts.find(({ name }) => name === named);
  if (account !== undefined) return account;
  const names = accounts.map(({ name }) => name).join(', ');
  throw new CommandError(`--account: one of ${names}`, 2);
}
