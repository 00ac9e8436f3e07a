import { z } from 'zod';
import { AtlasError, reasonOfStatus } from './transport/failure.ts';
import { type AtlasResponse, type Body, header } from './transport/message.ts';

const errorBody = z.object({
  errorCode: z.string().optional(),
  // The form of OAuth errors (RFC 6749 §5.2); in Atlas's own bodies it is the status, a number.
  error: z.string().optional().catch(undefined),
});

/**
 * Atlas's code of an error answer, else the OAuth one, else empty. Only words that look like a code
 * are let through: what a gateway writes may hold anything.
 */
export function errorCode(response: AtlasResponse): string {
  const { data } = errorBody.safeParse(parsed(String(response.body)));
  const code = header(response, 'x-error-code') ?? data?.errorCode ?? data?.error ?? '';
  return /^[A-Za-z][A-Za-z0-9_]{2,80}$/.test(code) ? code : '';
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.slice(0, 65_536));
  } catch {
    return undefined;
  }
}

/** `application/json`, or a dated version of Atlas's own type; whatever the charset and case. */
const jsonType = /^application\/(json|vnd\.atlas\.[\w.-]+\+json)\s*(;|$)/i;

/** @throws AtlasError for any answer but a 200 that calls itself JSON */
export function mustBeJson(endpoint: string, response: AtlasResponse): void {
  const { status } = response;
  if (status !== 200) {
    const code = errorCode(response);
    throw new AtlasError(reasonOfStatus(status, code), endpoint, { status, code });
  }
  if (!jsonType.test(header(response, 'content-type') ?? '')) {
    throw new AtlasError('bad_content_type', endpoint, { status });
  }
}

/**
 * The body of an answer, which the answer does not hold any longer. The promises that waited for it
 * are old by then; though nobody needs them, they would keep it until the next full collection of
 * garbage: all bodies of a poll together.
 */
export function takenBody(response: AtlasResponse): Body {
  const { body } = response;
  response.body = '';
  return body;
}

/** @throws AtlasError bad_json; never with the parser's message, which quotes */
export function parsedBody(endpoint: string, body: Body): unknown {
  try {
    return JSON.parse(String(body));
  } catch {
    throw new AtlasError('bad_json', endpoint, { status: 200 });
  }
}
