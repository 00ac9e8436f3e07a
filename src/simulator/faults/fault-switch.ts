import type { Interception } from '../interception.ts';
import { fraction } from '../world/random.ts';
import { type RequestedFault, requestedFaults } from './specification.ts';

/** The active faults, which may change at any time. */
export class FaultSwitch {
  #faults: readonly { readonly text: string; readonly intercept: Interception }[] = [];

  /** As they were written. */
  get active(): readonly string[] {
    return this.#faults.map(({ text }) => text);
  }

  /** Replaces those that were active; an empty text clears them. @throws FaultSyntaxError */
  set(text: string): void {
    this.#faults = requestedFaults(text).map((one) => ({
      text: one.text,
      intercept: limited(one),
    }));
  }

  readonly intercept: Interception = async (request) => {
    for (const { intercept } of this.#faults) {
      const answer = await intercept(request);
      if (answer !== undefined) return answer;
    }
    return undefined;
  };
}

/** The fault where it applies; which requests a share meets is the same in every run. */
function limited({ fault, parameter, share, path }: RequestedFault): Interception {
  const intercept = fault.start(parameter);
  let met = 0;
  return (request) => {
    const isToken = request.path === '/api/oauth/token';
    const kind = isToken ? 'token' : request.authorised ? 'calls' : 'others';
    const { appliesTo = 'calls' } = fault;
    if (appliesTo === 'all' ? isToken : appliesTo !== kind) return undefined;
    if (!path.test(request.path)) return undefined;
    met += 1;
    return fraction(1, met) < share ? intercept(request) : undefined;
  };
}
