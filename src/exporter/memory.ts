import type { Timing } from '../atlas/transport/timing.ts';
import type { Config } from '../config/config.ts';
import { sameSettings } from '../config/same.ts';
import type { Generation } from '../domain/generation.ts';
import { recalled } from '../domain/recalled.ts';
import type { StateFaultReason } from '../domain/state-faults.ts';
import { type Clock, isoDate } from '../domain/time.ts';
import type { Telemetry } from '../metrics/telemetry.ts';
import { StateKeeper } from '../state/keeper.ts';
import type { AccountIdentity, Remembered } from '../state/remembered.ts';
import type { Log } from './log.ts';
import type { PublishedView } from './publish.ts';

type Options = {
  readonly log: Log;
  readonly telemetry: Pick<Telemetry, 'stateLoaded' | 'stateSaved' | 'stateFailed'>;
  readonly clock: Clock;
  readonly timing: Timing;
};

/** What the exporter keeps for the one after it: nothing, or a state file, as the configuration says. */
export class Memory {
  readonly #options: Options;
  #path = '';
  #keeper: StateKeeper | undefined;
  #logged: StateFaultReason | undefined;

  constructor(config: Config, options: Options) {
    this.#options = options;
    this.#open(config);
  }

  /** What the exporter before this one knew of these accounts. Undefined: nothing that can be used. */
  async recall({ accounts }: Config): Promise<Remembered | undefined> {
    const remembered = await this.#keeper?.load(this.#options.clock());
    if (remembered === undefined) return undefined;
    const now = identities(accounts);
    const same = remembered.accounts.filter((one) => now.some((two) => sameSettings(one, two)));
    const names = new Set(same.map(({ name }) => name));
    return { ...remembered, generation: recalled(remembered.generation, names) };
  }

  /** Goes by another configuration from now on. */
  async use(config: Config): Promise<void> {
    if (config.state.path === this.#path) return;
    await this.#keeper?.close();
    this.#open(config);
  }

  keep(generation: Generation, { conditions, config }: PublishedView): void {
    const accounts = identities(config.accounts);
    const writtenAt = this.#options.clock();
    this.#keeper?.keep({ writtenAt, accounts, generation, conditions });
  }

  async close(): Promise<void> {
    await this.#keeper?.close();
  }

  #open({ state: { path } }: Config): void {
    const { telemetry, log, timing } = this.#options;
    this.#path = path;
    this.#keeper =
      path === ''
        ? undefined
        : new StateKeeper({
            folder: path,
            ...timing,
            events: {
              loaded: (writtenAt) => {
                telemetry.stateLoaded(writtenAt);
                log.info({ path, writtenAt: isoDate(writtenAt) }, 'started from the state file');
              },
              saved: (writtenAt) => {
                this.#logged = undefined;
                telemetry.stateSaved(writtenAt);
              },
              failed: (fault) => {
                telemetry.stateFailed(fault.reason);
                if (fault.reason === this.#logged) return;
                this.#logged = fault.reason;
                log.warn({ path, reason: fault.reason, err: fault.cause }, fault.message);
              },
            },
          });
  }
}

function identities(accounts: Config['accounts']): readonly AccountIdentity[] {
  return accounts.map(({ name, baseUrl }) => ({ name, baseUrl }));
}
