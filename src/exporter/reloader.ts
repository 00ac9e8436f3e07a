import type { Config } from '../config/config.ts';
import { keysForRestart } from '../config/restart.ts';
import type { Exporter } from './exporter.ts';
import type { Log } from './log.ts';

export type Reloader = {
  /**
   * Reads the configuration and goes by it, or changes nothing; says which. One at a time: requests
   * that come before their turn has begun share it. Never rejects.
   */
  readonly reload: (request?: ReloadRequest) => Promise<boolean>;
  /** Whether the configuration that was read last is the one in use. */
  readonly successful: () => boolean;
  /** Lets the reload under way end, and does no more. */
  readonly stop: () => Promise<void>;
};

/** `again`: nobody asked for it anew, so the same refusal is not logged once more. */
type ReloadRequest = { readonly again: boolean };

/** What was read: a whole, sound configuration, or every problem in words that are safe to log. */
export type Reading =
  | { readonly kind: 'ok'; readonly config: Config; readonly warnings: readonly string[] }
  | { readonly kind: 'invalid'; readonly problems: readonly string[] };

export type ReloaderOptions = {
  /** What the process was started with. */
  readonly started: Config;
  readonly read: () => Promise<Reading>;
  readonly exporter: Pick<Exporter, 'use' | 'refuse'>;
  readonly log: Log;
  /** The configuration is in use. */
  readonly used: (config: Config) => void;
};

export function newReloader(options: ReloaderOptions): Reloader {
  const { started, read, exporter, log } = options;
  let last: Promise<boolean> = Promise.resolve(true);
  let next: Promise<boolean> | undefined;
  let anew = false;
  let loggedProblems: string | undefined;
  let successful = true;
  let stopped = false;

  const refuse = (problems: readonly string[], asked: boolean): boolean => {
    exporter.refuse();
    const told = problems.join('\n');
    if (asked || told !== loggedProblems) {
      log.error({ problems }, 'the configuration is invalid; keeping the previous configuration');
    }
    loggedProblems = told;
    return false;
  };

  const take = async (asked: boolean): Promise<boolean> => {
    const reading = await read();
    if (reading.kind === 'invalid') return refuse(reading.problems, asked);
    const { config, warnings } = reading;
    const outcome = await exporter.use(config);
    options.used(config);
    loggedProblems = undefined;
    if (outcome === 'used') log.info('configuration reloaded');
    else log.info('configuration reloaded; nothing has changed');
    if (warnings.length > 0) log.warn({ warnings }, 'some settings have no effect');
    const keys = keysForRestart(started, config);
    if (keys.length > 0) log.warn({ keys }, 'changed settings need a restart');
    return true;
  };

  const turn = async (asked: boolean): Promise<boolean> => {
    if (stopped) return false;
    try {
      successful = await take(asked);
    } catch (error) {
      log.error({ err: error }, 'internal error');
      successful = refuse(['internal error while applying it'], asked);
    }
    return successful;
  };

  return {
    reload: ({ again } = { again: false }) => {
      anew ||= !again;
      next ??= last = last.then(() => {
        const asked = anew;
        next = undefined;
        anew = false;
        return turn(asked);
      });
      return next;
    },
    successful: () => successful,
    stop: async () => {
      stopped = true;
      await last;
    },
  };
}
