import type { Interception, RawResponse, SimulatedRequest } from '../interception.ts';

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

/** The same answer to every request. */
export function always(
  does: string,
  answer: Awaited<ReturnType<Interception>>,
  meets: Fault['appliesTo'] = 'calls',
): Fault {
  return { description: does, appliesTo: meets, start: () => () => answer };
}

type Json = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Atlas's own answer with other JSON in it; one that is no good answer stays as it is. */
export async function altered(
  { atlas }: SimulatedRequest,
  change: (body: Json) => unknown,
): Promise<RawResponse> {
  const answer = await atlas();
  if (answer.status !== 200 || typeof answer.body !== 'string') return answer;
  const body: unknown = JSON.parse(answer.body);
  return isObject(body) ? { ...answer, body: JSON.stringify(change(body)) } : answer;
}

/** Changes the records of a listing. */
export function listing(
  does: string,
  change: (records: readonly Json[], request: SimulatedRequest, parameter: string) => unknown,
  parameter?: Fault['parameter'],
): Fault {
  return {
    description: does,
    ...(parameter === undefined ? {} : { parameter }),
    start: (given) => (request) =>
      altered(request, (body) =>
        Array.isArray(body['results'])
          ? { ...body, results: change(body['results'].filter(isObject), request, given) }
          : body,
      ),
  };
}

/** The form of Atlas's own errors, whose code stands in a header, too. */
export function atlasError(status: number, errorCode: string): RawResponse {
  return {
    status,
    headers: { 'Content-Type': 'application/json', 'X-Error-Code': errorCode },
    body: JSON.stringify({ error: status, errorCode, detail: 'A simulated fault.' }),
  };
}

export const page =
  '<!doctype html><html><head><title>Oops</title></head><body><h1>Come back later</h1></body></html>';

export function htmlPage(status: number): RawResponse {
  return { status, headers: { 'Content-Type': 'text/html; charset=utf-8' }, body: page };
}
