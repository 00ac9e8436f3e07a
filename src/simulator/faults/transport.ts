import { changedAnswer, changedHeaders, type Faults, replacedAnswer } from './fault.ts';

/** What can happen to a connection. */
export const transport: Faults = {
  hang: replacedAnswer('No response, on a connection that stays open.', 'hang'),
  close: replacedAnswer('The connection is closed without a response.', 'destroy'),
  reset: replacedAnswer('The connection is reset without a response.', 'reset'),
  cut_body: changedAnswer(
    'The connection is cut after {BYTES=20} bytes of the body.',
    (_, bytes) => ({ cutAfterBytes: Number(bytes) }),
  ),
  drip: changedAnswer('The body comes byte by byte, one every {MS=50} milliseconds.', (_, ms) => ({
    dripMs: Number(ms),
  })),
  slow: changedAnswer('The response is delayed by {MS=1000} milliseconds.', (_, ms) => ({
    delayMs: Number(ms),
  })),
  long_headers: changedHeaders('A response with 64 KB of headers.', () => ({
    'X-Long': 'x'.repeat(65_536),
  })),
};
