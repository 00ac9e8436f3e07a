import type { Interception } from '../interception.ts';
import { fraction } from '../world/random.ts';
import { type Specified, specifiedFaults } from './specification.ts';

/** The faults that are on, which may change at any time. */
export type FaultSwitch = {
  readonly play: Interception;
  /** Replaces those that were on; none by an empty text. @throws FaultSyntaxError */
  readonly set: (text: string) => void;
  /** As they were written. */
  readonly on: () => readonly string[];
};

export function faultSwitch(): FaultSwitch {
  let on: readonly { readonly text: string; readonly play: Interception }[] = [];
  return {
    play: async (request) => {
      for (const { play } of on) {
        const answer = await play(request);
        if (answer !== undefined) return answer;
      }
      return undefined;
    },
    set: (text) => {
      on = specifiedFaults(text).map((one) => ({ text: one.text, play: playing(one) }));
    },
    on: () => on.map(({ text }) => text),
  };
}

/** The fault where it applies; which requests a share meets is the same in every run. */
function playing({ fault, parameter, share, path }: Specified): Interception {
  const play = fault.start(parameter);
  let met = 0;
  return (request) => {
    const isToken = request.path === '/api/oauth/token';
    const kind = isToken ? 'token' : request.authorised ? 'calls' : 'others';
    const { appliesTo: meets = 'calls' } = fault;
    if (meets === 'all' ? isToken : meets !== kind) return undefined;
    if (!path.test(request.path)) return undefined;
    met += 1;
    return fraction(1, met) < share ? play(request) : undefined;
  };
}
