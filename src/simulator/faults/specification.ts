import type { Fault } from './fault.ts';
import { faults } from './table.ts';

/** One fault as it was asked for. */
export type RequestedFault = {
  readonly text: string;
  readonly fault: Fault;
  readonly parameter: string;
  /** From 0 to 1: how many of the requests that it can meet. */
  readonly share: number;
  /** Matches the paths that it can meet. */
  readonly path: RegExp;
};

/** Its message says what is wrong with the text. */
export class FaultSyntaxError extends Error {
  override readonly name = 'FaultSyntaxError';
}

/**
 * Reads `NAME[=PARAMETER][:SHARE][@PATH]`, several with commas or white space between them. PATH is
 * matched against the end of a request's path; `*` matches anything.
 * @throws FaultSyntaxError
 */
export function requestedFaults(text: string): readonly RequestedFault[] {
  return text
    .split(/[\s,]+/)
    .filter((one) => one !== '')
    .map(requestedFault);
}

function requestedFault(text: string): RequestedFault {
  const [, name = '', parameter, share = '1', path = '*'] =
    /^([a-z0-9_]+)(?:=([^:@]*))?(?::(\d*\.?\d+))?(?:@(\S+))?$/.exec(text) ?? [];
  const fault = faults.get(name);
  const quoted = `"${text.slice(0, 60)}"`;
  if (fault === undefined) throw new FaultSyntaxError(`${quoted}: unknown fault`);
  if (parameter !== undefined && fault.parameter === undefined) {
    throw new FaultSyntaxError(`${quoted}: ${name} takes no parameter`);
  }
  if (Number(share) > 1) throw new FaultSyntaxError(`${quoted}: share must be from 0 to 1`);
  return {
    text,
    fault,
    parameter: parameter ?? fault.parameter?.default ?? '',
    share: Number(share),
    path: pathPattern(path),
  };
}

function pathPattern(glob: string): RegExp {
  const parts = glob.split('*').map((part) => part.replaceAll(/[$()+.?[\\\]^{|}]/g, '\\$&'));
  return new RegExp(`${parts.join('.*')}$`);
}
