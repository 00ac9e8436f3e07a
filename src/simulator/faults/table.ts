import { bodies } from './bodies.ts';
import { challenges } from './challenges.ts';
import type { Fault, Faults } from './fault.ts';
import { paging } from './paging.ts';
import { records } from './records.ts';
import { headers, statuses } from './statuses.ts';
import { tokens } from './tokens.ts';
import { transport } from './transport.ts';

/** Every fault, by what it is about. */
export const faultGroups: Readonly<Record<string, Faults>> = {
  Statuses: statuses,
  Bodies: bodies,
  Transport: transport,
  Pages: paging,
  Records: records,
  Headers: headers,
  Digest: challenges,
  Tokens: tokens,
};

/** By the name that `--fault` takes. */
export const faults: ReadonlyMap<string, Fault> = new Map(
  Object.values(faultGroups).flatMap((group) => Object.entries(group)),
);

/** How a fault is written, with its parameter. */
export function usage(name: string, { parameter }: Fault): string {
  return parameter === undefined ? name : `${name}[=${parameter.name}]`;
}

/** What `--fault list` prints. */
export function faultList(): string {
  const lines = Object.entries(faultGroups).flatMap(([title, group]) => [
    `\n${title}`,
    ...Object.entries(group).map(
      ([name, fault]) => `  ${usage(name, fault).padEnd(28)}${fault.description}`,
    ),
  ]);
  return `NAME[=PARAMETER][:SHARE][@PATH], several separated by commas\n${lines.join('\n')}\n`;
}
