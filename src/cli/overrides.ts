import { parseExternalUrl } from '../config/base-url.ts';
import type { Config } from '../config/config.ts';
import { addressFrom } from './address-flag.ts';
import { CommandError, type FlagValues } from './usage.ts';

/** The same with what the flags override. @throws CommandError 2 */
export function withFlags(config: Config, values: FlagValues): Config {
  return {
    ...config,
    web: {
      ...config.web,
      listenAddress: addressFrom('web.listen-address', values) ?? config.web.listenAddress,
      externalUrl: externalUrlFrom(values) ?? config.web.externalUrl,
    },
    log: {
      ...config.log,
      level:
        oneOf('log.level', ['trace', 'debug', 'info', 'warn', 'error'], values) ?? config.log.level,
      format: oneOf('log.format', ['json', 'logfmt'], values) ?? config.log.format,
    },
  };
}

function externalUrlFrom(values: FlagValues): string | undefined {
  const given = values['web.external-url'];
  if (typeof given !== 'string') return undefined;
  const parsed = parseExternalUrl(given);
  if ('refused' in parsed) throw new CommandError(`--web.external-url ${parsed.refused}`, 2);
  return parsed.value;
}

/** The value of a flag that takes one of a few words. @throws CommandError 2 */
export function oneOf<T extends string>(
  flag: keyof FlagValues,
  words: readonly T[],
  values: FlagValues,
): T | undefined {
  const given = values[flag];
  if (given === undefined) return undefined;
  const word = words.find((one) => one === given);
  if (word === undefined) throw new CommandError(`--${flag}: one of ${words.join(', ')}`, 2);
  return word;
}
