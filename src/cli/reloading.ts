import { parseDuration } from '../config/duration.ts';
import { formatProblems } from '../config/problem.ts';
import { watchContent } from '../exporter/config-watch.ts';
import type { Exporter } from '../exporter/exporter.ts';
import type { ChangingLog } from '../exporter/log.ts';
import { newReloader, type Reading } from '../exporter/reloader.ts';
import { type ReadConfiguration, readConfiguration } from './configuration.ts';
import { CommandError, type FlagValues } from './usage.ts';

export type Reloading = {
  /** Whether the configuration that was read is in use now. */
  readonly reload: () => Promise<boolean>;
  readonly stop: () => Promise<void>;
};

type ReloadingOptions = {
  readonly values: FlagValues;
  readonly started: ReadConfiguration;
  readonly exporter: Exporter;
  readonly log: ChangingLog;
  /** How often to look at the file. Undefined: only when asked. */
  readonly watchEveryMs: number | undefined;
};

/** Reads the configuration of a running exporter anew: when asked, and when its file has changed. */
export function reloading(options: ReloadingOptions): Reloading {
  const { values, started, exporter, log, watchEveryMs } = options;
  let { from } = started;
  const reloader = newReloader({
    started: started.config,
    read: async () => {
      // A file that has vanished must not make the environment the configuration.
      const read = await reread(
        from === undefined ? values : { ...values, 'config.file': from.file },
      );
      if (read.kind === 'ok') from = read.from;
      return read;
    },
    exporter,
    log: log.log,
    used: (config) => log.change(config.log),
  });
  const file = values['config.file'];
  const unwatch =
    watchEveryMs === undefined
      ? () => undefined
      : watchContent({
          file: typeof file === 'string' ? file : 'config.yaml',
          everyMs: watchEveryMs,
          inUse: () => (reloader.successful() ? from?.digest : 'none'),
          changed: () => reloader.reload({ again: true }),
        });
  return {
    reload: () => reloader.reload(),
    stop: () => {
      unwatch();
      return reloader.stop();
    },
  };
}

type Reread = Reading & { readonly from?: ReadConfiguration['from'] };

async function reread(values: FlagValues): Promise<Reread> {
  try {
    const { config, warnings, from } = await readConfiguration(values);
    return { kind: 'ok', config, warnings: warnings.map((one) => formatProblems([one])), from };
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    return { kind: 'invalid', problems: error.message.split('\n') };
  }
}

/** What `--config.auto-reload-interval` says; undefined: off. @throws CommandError 2 */
export function watchInterval(values: FlagValues): number | undefined {
  const given = values['config.auto-reload-interval'];
  if (typeof given !== 'string') return undefined;
  const seconds = parseDuration(given);
  if (seconds === 0) return undefined;
  if (seconds === undefined || seconds < 1 || seconds > 86_400) {
    throw new CommandError('--config.auto-reload-interval: from 1s to 24h, for example 30s', 2);
  }
  return seconds * 1000;
}
