import type { Failure } from '../domain/failure.ts';
import { at, say } from '../domain/phrase.ts';
import type { UnixSeconds } from '../domain/time.ts';
import { byteSize, duration } from '../domain/units.ts';
import { type Html, html, sentence } from './html.ts';

const none = html`–`;

/** The exact time, and how far away it is. */
export function exact(moment: UnixSeconds | undefined, now: UnixSeconds): Html {
  return moment === undefined ? none : sentence(say`${at(moment)}`, now);
}

export function bytes(count: number | undefined): Html {
  return count === undefined ? none : html`<data value="${count}">${byteSize(count)}</data>`;
}

export function lasting(seconds: number | undefined): Html {
  if (seconds === undefined) return none;
  return html`<data value="${seconds}">${duration(seconds)}</data>`;
}

export function count(value: number | undefined): Html {
  return value === undefined ? none : html`<data value="${value}">${value}</data>`;
}

export function yesOrNo(flag: boolean | undefined): Html {
  return flag === undefined ? none : html`${flag ? 'yes' : 'no'}`;
}

export function words(text: string | undefined): Html {
  return text === undefined || text === '' ? none : html`${text}`;
}

export type Fact = readonly [name: string, value: Html];

/** Names and values in two columns; what is false is left out. */
export function facts(entries: readonly (Fact | false)[]): Html {
  const lines = entries.flatMap((fact) => (fact === false ? [] : factLine(fact)));
  return html`<dl class="facts">
${lines}</dl>`;
}

function factLine([name, value]: Fact): Html {
  return html`<dt>${name}</dt><dd>${value}</dd>
`;
}

/** What a report of a failure names: the reason, the call, and a status or code. */
export function failureFacts({ reason, endpoint, detail }: Failure): string {
  return [reason, endpoint, detail].filter(Boolean).join(', ');
}
