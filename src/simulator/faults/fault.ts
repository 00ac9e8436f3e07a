import type { Intercepted, Interception, RawResponse, SimulatedRequest } from '../interception.ts';

/** One thing that can go wrong between Atlas and its callers. */
export type Fault = {
  /** One sentence: what comes instead. */
  readonly description: string;
  /** Which requests it can meet: calls with good credentials (default), all calls, or the token's. */
  readonly appliesTo?: 'calls' | 'all' | 'token';
  /** What may follow `=`, and what holds without it. */
  readonly parameter?: { readonly name: string; readonly default: string };
  /** Begins anew whenever the fault is switched on. */
  readonly start: (parameter: string) => Interception;
};

export type Faults = Readonly<Record<string, Fault>>;

/** A fault whose description names its parameter and what holds without it, as `{SECONDS=7}`. */
export function fault(
  text: string,
  start: Fault['start'],
  appliesTo: Fault['appliesTo'] = 'calls',
): Fault {
  const [written = '', name = '', absent = ''] = /\{([A-Z]+)=(.*?)\}/.exec(text) ?? [];
  const parameter = written === '' ? {} : { parameter: { name, default: absent } };
  return { description: text.replace(written, name), ...parameter, appliesTo, start };
}

type Change<From, To> = (from: From, parameter: string, request: SimulatedRequest) => To;

/** Another answer, or none. */
export function replacedAnswer(
  text: string,
  answer:
    | Exclude<Intercepted, undefined>
    | ((parameter: string, request: SimulatedRequest) => ReturnType<Interception>),
  appliesTo?: Fault['appliesTo'],
): Fault {
  const start = (parameter: string) => (request: SimulatedRequest) =>
    typeof answer === 'function' ? answer(parameter, request) : answer;
  return fault(text, start, appliesTo);
}

/** Atlas's own answer, in part another one. */
export function changedAnswer(
  text: string,
  change: Change<RawResponse, Partial<RawResponse>>,
  appliesTo?: Fault['appliesTo'],
): Fault {
  const start = (parameter: string) => async (request: SimulatedRequest) => {
    const answer = await request.atlas();
    return { ...answer, ...change(answer, parameter, request) };
  };
  return fault(text, start, appliesTo);
}

export function changedHeaders(
  text: string,
  change: (parameter: string, request: SimulatedRequest) => Readonly<Record<string, string>>,
): Fault {
  return changedAnswer(text, ({ headers }, parameter, request) => ({
    headers: { ...headers, ...change(parameter, request) },
  }));
}

export function changedText(text: string, change: (body: string) => string | Uint8Array): Fault {
  return changedAnswer(text, ({ body }) => ({ body: change(String(body ?? '')) }));
}

export type Json = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A good answer with other JSON in it; one that is not good stays as it is. */
export function changedBody(
  text: string,
  change: Change<Json, unknown>,
  appliesTo?: Fault['appliesTo'],
): Fault {
  const changed: Change<RawResponse, object> = ({ status, body }, parameter, request) => {
    const given: unknown = status === 200 ? JSON.parse(String(body)) : undefined;
    return isObject(given) ? { body: JSON.stringify(change(given, parameter, request)) } : {};
  };
  return changedAnswer(text, changed, appliesTo);
}

/** A listing of other records. */
export function changedListing(text: string, change: Change<readonly Json[], unknown>): Fault {
  return changedBody(text, (body, parameter, request) => {
    const { results } = body;
    if (!Array.isArray(results)) return body;
    return { ...body, results: change(results.filter(isObject), parameter, request) };
  });
}

/** A listing each of whose records is another one. */
export function changedRecords(
  text: string,
  change: (record: Json, nth: number, parameter: string, request: SimulatedRequest) => unknown,
): Fault {
  return changedListing(text, (all, ...others) =>
    all.map((one, nth) => change(one, nth, ...others)),
  );
}

export const json = { 'Content-Type': 'application/json' };

/** The form of Atlas's own errors, whose code is in a header, too. */
export function atlasError(status: number, errorCode: string): RawResponse {
  return {
    status,
    headers: { ...json, 'X-Error-Code': errorCode },
    body: JSON.stringify({ error: status, errorCode, detail: 'A simulated fault.' }),
  };
}

export const page =
  '<!doctype html><html><head><title>Oops</title></head><body><h1>Come back later</h1></body></html>';

export function htmlPage(status: number): RawResponse {
  return { status, headers: { 'Content-Type': 'text/html; charset=utf-8' }, body: page };
}
