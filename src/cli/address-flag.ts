import { type ListenAddress, parseListenAddress } from '../config/listen-address.ts';
import { CommandError, type FlagValues } from './usage.ts';

/** The address that a flag gives. @throws CommandError 2 */
export function addressFrom(
  flag: 'web.listen-address' | 'listen-address',
  values: FlagValues,
): ListenAddress | undefined {
  const given = values[flag];
  if (typeof given !== 'string') return undefined;
  const parsed = parseListenAddress(given);
  if ('refused' in parsed) throw new CommandError(`--${flag} ${parsed.refused}`, 2);
  return parsed.value;
}
