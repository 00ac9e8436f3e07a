import type { Interception } from '../interception.ts';
import { fraction } from '../world/random.ts';
import { type RequestedFault, requestedFaults } from './specification.ts';

/** The active faults, which may change at any time. */
export type FaultSwitch = {
  readonly intercept: Interception;
  /** Replaces those that were active; an empty text clears them. @throws FaultSyntaxError */
  readonly set: (text: string) => void;
  /** As they were written. */
  readonly active: () => readonly string[];
};

export function faultSwitch(): FaultSwitch {
  let active: readonly { readonly text: string; readonly intercept: Interception }[] = [];
  return {
    intercept: async (request) => {
      for (const { intercept } of active) {
        const answer = await intercept(request);
        if (answer !== undefined) return answer;
      }
      return undefined;
    },
    set: (text) => {
      active = requestedFaults(text).map((one) => ({
        text: one.text,
        intercept: limited(one),
      }));
    },
    active: () => active.map(({ text }) => text),
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
