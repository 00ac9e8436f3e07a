import { systemClock } from '../domain/time.ts';
import { FaultSyntaxError, requestedFaults } from '../simulator/faults/specification.ts';
import { type Simulator, type SimulatorOptions, startSimulator } from '../simulator/server.ts';
import { generatedWorld } from '../simulator/world/generated-world.ts';
import type { World } from '../simulator/world/world.ts';
import { listenProblem } from './running.ts';
import { CommandError, type FlagValues } from './usage.ts';

/** The lines of a configuration file that make an account of the simulator. */
export function simulatedAccount(name: string, url: string): readonly string[] {
  return [
    'accounts:',
    `  - name: ${name}`,
    `    base_url: ${url}`,
    '    auth:',
    '      api_key: { public_key: simulator, private_key: simulator-key }',
  ];
}

/** The fleet that the flags of `simulate` ask for. @throws CommandError 2 */
export function worldFrom(values: FlagValues): World {
  const snapshots = wholeNumber('snapshots', values, [1, 10_000]);
  return generatedWorld(
    {
      seed: seedFrom(values),
      projects: wholeNumber('projects', values, [1, 10_000]) ?? 3,
      clusters: wholeNumber('clusters', values, [0, 100_000]) ?? 50,
      ...(snapshots === undefined ? {} : { snapshots }),
    },
    systemClock(),
  );
}

/** The faults that `--fault` asks for, as the simulator takes them. @throws CommandError 2 */
export function faultsFrom({ fault = '' }: FlagValues): string {
  const text = fault === true ? '' : fault;
  try {
    requestedFaults(text);
    return text;
  } catch (error) {
    if (!(error instanceof FaultSyntaxError)) throw error;
    throw new CommandError(`--fault ${error.message}; --fault list shows all`, 2);
  }
}

export function seedFrom({ seed }: FlagValues): string {
  return typeof seed === 'string' ? seed : 'atlas';
}

/** A flag that takes a whole number. @throws CommandError 2 */
export function wholeNumber(
  flag: keyof FlagValues,
  values: FlagValues,
  [min, max]: readonly [number, number],
): number | undefined {
  const value = values[flag];
  if (value === undefined) return undefined;
  const number = typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
  if (number >= min && number <= max) return number;
  throw new CommandError(`--${flag} must be a whole number from ${min} to ${max}`, 2);
}

/** @throws CommandError 1 when the address cannot be listened on */
export async function simulator(options: SimulatorOptions): Promise<Simulator> {
  return startSimulator(options).catch((error: NodeJS.ErrnoException) => {
    throw new CommandError(listenProblem(`${options.host}:${options.port}`, error.code), 1);
  });
}
