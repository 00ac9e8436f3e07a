import { type ServerResponse, STATUS_CODES } from 'node:http';

type Headers = Readonly<Record<string, string>>;

/** What a request that is not understood is answered: what it says is never echoed. */
const badRequest = 'bad request\n';

const refusalHeaders = (headers: Headers) => ({
  ...headers,
  'content-type': 'text/plain; charset=utf-8',
  'content-length': String(badRequest.length),
  // Where this request ends is not certain, so none can follow it.
  connection: 'close',
});

/** Refuses what is not for the routes. */
export function refuse(response: ServerResponse, status: number, headers: Headers): void {
  response.writeHead(status, refusalHeaders(headers)).end(badRequest);
}

/** The same for what could not be read as a request. */
export function refusalText(status: number, headers: Headers): string {
  const lines = Object.entries(refusalHeaders(headers)).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  return `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${badRequest}`;
}
