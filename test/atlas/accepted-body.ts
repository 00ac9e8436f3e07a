import { mustBeJson, parsedBody, takenBody } from '../../src/atlas/reply.ts';
import type { AtlasResponse } from '../../src/atlas/transport/message.ts';

/** The JSON of a 200. @throws AtlasError with the reason, for any other answer */
export function acceptedBody(endpoint: string, response: AtlasResponse): unknown {
  mustBeJson(endpoint, response);
  return parsedBody(endpoint, takenBody(response));
}
