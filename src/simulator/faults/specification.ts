import type { Fault } from './fault.ts';
import { faults } from './table.ts';

/** One fault as it was asked for. */
export type Specified = {
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
 * compared with the end of a request's path; `*` stands for anything.
 * @throws FaultSyntaxError
 */
export function specifiedFaults(text: string): readonly Specified[] {
  return text
    .split(/[\s,]+/)
    .filter((one) => one !== '')
    .map(specified);
}

function specified(text: string): Specified {
  const [, name = '', parameter, share = '1', path = '*'] =
    /^([a-z0-9_]+)(?:=([^:@]*))?(?::(\d*\.?\d+))?(?:@(\S+))?$/.exec(text) ?? [];
  const fault = faults.get(name);
  const quoted = `"${text.slice(0, 60)}"`;
  if (fault === undefined) throw new FaultSyntaxError(`${quoted}: there is no such fault`);
  if (parameter !== undefined && fault.parameter === undefined) {
    throw new FaultSyntaxError(`${quoted}: ${name} takes no parameter`);
  }
  if (Number(share) > 1) throw new FaultSyntaxError(`${quoted}: a share is from 0 to 1`);
  return {
    text,
    fault,
    parameter: parameter ?? fault.parameter?.default ?? '',
    share: Number(share),
    path: endingLike(path),
  };
}

function endingLike(glob: string): RegExp {
  const parts = glob.split('*').map((part) => part.replaceAll(/[$()+.?[\\\]^{|}]/g, '\\$&'));
  return new RegExp(`${parts.join('.*')}$`);
}
