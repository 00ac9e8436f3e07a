import { always, type Fault, type Faults } from './fault.ts';

function answering(
  does: string,
  parameter: NonNullable<Fault['parameter']>,
  how: (parameter: number) => object,
): Fault {
  return {
    description: does,
    parameter,
    start:
      (given) =>
      async ({ atlas }) => ({ ...(await atlas()), ...how(Number(given)) }),
  };
}

/** What can happen to a connection. */
export const transport: Faults = {
  hang: always('No answer, on a connection that stays open.', 'hang'),
  close: always('The connection is closed without an answer.', 'destroy'),
  reset: always('The connection is reset without an answer.', 'reset'),
  cut_body: answering(
    'The connection is cut after so many bytes of the body.',
    { name: 'BYTES', default: '20' },
    (cutAfterBytes) => ({ cutAfterBytes }),
  ),
  drip: answering(
    'The body comes byte by byte, one in so many milliseconds.',
    { name: 'MS', default: '50' },
    (dripMs) => ({ dripMs }),
  ),
  slow: answering(
    'The answer comes after so many milliseconds.',
    { name: 'MS', default: '1000' },
    (delayMs) => ({ delayMs }),
  ),
  long_headers: {
    description: 'An answer with 64 KB of headers.',
    start:
      () =>
      async ({ atlas }) => {
        const answer = await atlas();
        return { ...answer, headers: { ...answer.headers, 'X-Long': 'x'.repeat(65_536) } };
      },
  },
};
