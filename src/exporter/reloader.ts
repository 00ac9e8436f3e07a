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
  const attempt = attemptsOf(options);
  let last: Promise<boolean> = Promise.resolve(true);
  let next: Promise<boolean> | undefined;
  let anew = false;
  let successful = true;
  let stopped = false;

  const turn = async (): Promise<boolean> => {
    const asked = anew;
    next = undefined;
    anew = false;
    if (stopped) return false;
    successful = await attempt(asked);
    return successful;
  };
  return {
    reload: ({ again } = { again: false }) => {
      anew ||= !again;
      next ??= last = last.then(turn);
      return next;
    },
    successful: () => successful,
    stop: async () => {
      stopped = true;
      await last;
    },
  };
}

/** Reads and applies once at each call. Unless it was asked for, the same refusal is logged once. */
function attemptsOf({ started, read, exporter, log, used }: ReloaderOptions) {
  let loggedProblems: string | undefined;

  const refuse = (problems: readonly string[], asked: boolean): boolean => {
    exporter.refuse();
    const listed = problems.join('\n');
    if (asked || listed !== loggedProblems) {
      log.error({ problems }, 'the configuration is invalid; keeping the previous configuration');
    }
    loggedProblems = listed;
    return false;
  };
  const take = async (config: Config, warnings: readonly string[]): Promise<boolean> => {
    const outcome = await exporter.use(config);
    used(config);
    loggedProblems = undefined;
    if (outcome === 'used') log.info('configuration reloaded');
    else log.info('configuration reloaded; nothing has changed');
    if (warnings.length > 0) log.warn({ warnings }, 'some settings have no effect');
    const keys = keysForRestart(started, config);
    if (keys.length > 0) log.warn({ keys }, 'changed settings need a restart');
    return true;
  };
  return async (asked: boolean): Promise<boolean> => {
    try {
      const reading = await read();
      if (reading.kind === 'invalid') return refuse(reading.problems, asked);
      return await take(reading.config, reading.warnings);
    } catch (error) {
      log.error({ err: error }, 'internal error');
      return refuse(['internal error while applying it'], asked);
    }
  };
}
