import { randomUUID } from 'node:crypto';
import { errorCode } from '../reply.ts';
import { challenges } from './challenge.ts';
import { answerable, authorizing, type DigestChallenge, type DigestKey } from './digest.ts';
import { deniesPermission } from './failure.ts';
import type { Layer, Send } from './http.ts';
import type { AtlasRequest, AtlasResponse } from './message.ts';
import type { Timing } from './timing.ts';

/** A nonce that worked once, and how often it was used. */
type Session = {
  readonly authorization: ReturnType<typeof authorizing>;
  readonly bornAt: number;
  count: number;
};

/** Jetty, which Atlas appears to run, takes a nonce 1,024 times and, by one report, for 60 s. */
const maxUses = 1_000;
const maxLifeMs = 50_000;
/** So long a shorter life that was learnt counts; then the usual one is tried again. */
const learntForMs = 3_600_000;
/** The share of a nonce's life after which one request fetches the next, while others still use it. */
const renewAfter = 0.75;
const maxRounds = 3;

/** The nonce in use, and for how long it may be. */
function newSessions(timing: Timing) {
  let current: Session | undefined;
  let learnt = { lifeMs: maxLifeMs, at: Number.NEGATIVE_INFINITY };
  const ageMs = (session: Session) => timing.monotonicMs() - session.bornAt;
  const lifeMs = () => (timing.monotonicMs() - learnt.at < learntForMs ? learnt.lifeMs : maxLifeMs);
  return {
    use: (session: Session) => {
      current = session;
    },
    isCurrent: (session: Session) => session === current,
    usable: () =>
      current !== undefined && current.count < maxUses && ageMs(current) < lifeMs()
        ? current
        : undefined,
    isNearEnd: (session: Session) =>
      session.count > maxUses * renewAfter || ageMs(session) > lifeMs() * renewAfter,
    retire: (session: Session) => {
      if (current === session) current = undefined;
      // Learn from a server that forgets sooner, but not from one that wants the counts in order.
      if (ageMs(session) <= 1_000) return;
      learnt = { lifeMs: Math.min(lifeMs(), ageMs(session) * 0.8), at: timing.monotonicMs() };
    },
  };
}

/**
 * Signs with HTTP digest, ahead of being asked: one nonce serves many requests with a rising count,
 * and one request alone fetches the next, so that there is one 401 a nonce and not one a request. A
 * wrong key costs two requests, whoever else is waiting.
 */
export function digest(readKey: () => Promise<DigestKey>, timing: Timing): Layer {
  const sessions = newSessions(timing);
  let keyWorked = false;
  /** Resolves to the refusal when the key was refused. */
  let establishing: Promise<AtlasResponse | undefined> | undefined;

  return (next) => {
    const establish = async (
      request: AtlasRequest,
      signal: AbortSignal,
      offered?: DigestChallenge,
    ) => {
      const { promise, resolve } = Promise.withResolvers<AtlasResponse | undefined>();
      establishing = promise;
      let refusal: AtlasResponse | undefined;
      try {
        const opened = await open(next, request, signal, offered, { readKey, timing });
        if (opened.session !== undefined) {
          sessions.use(opened.session);
          keyWorked = true;
        } else if (isChallenge(opened.response)) refusal = opened.response;
        return opened.response;
      } finally {
        if (establishing === promise) establishing = undefined;
        resolve(refusal);
      }
    };

    return async (request, signal) => {
      let offered: DigestChallenge | undefined;
      for (let round = 1; ; ) {
        const session = sessions.usable();
        if (session === undefined && establishing !== undefined) {
          const refusal = await establishing;
          // A key that never worked is wrong for all; one that did may be refused one project only.
          if (refusal !== undefined && !keyWorked) return refusal;
          continue;
        }
        if (session === undefined || (sessions.isNearEnd(session) && establishing === undefined)) {
          return establish(request, signal, session === undefined ? offered : undefined);
        }
        const response = await next(signed(request, session), signal);
        if (!isChallenge(response) || round === maxRounds) return response;
        round += 1;
        offered = offeredBy(response);
        if (offered?.stale === true) sessions.retire(session);
        // Refused without being stale: the server forgot the nonce, or refuses just this request.
        else if (sessions.isCurrent(session)) return establish(request, signal, offered);
      }
    };
  };
}

/** Takes a challenge, answers it, and tells whether the answer was accepted. */
async function open(
  next: Send,
  request: AtlasRequest,
  signal: AbortSignal,
  offered: DigestChallenge | undefined,
  { readKey, timing }: { readKey: () => Promise<DigestKey>; timing: Timing },
): Promise<{ response: AtlasResponse; session?: Session }> {
  let challenge = offered;
  if (challenge === undefined) {
    const response = await next(request, signal);
    challenge = isChallenge(response) ? offeredBy(response) : undefined;
    if (challenge === undefined) return { response };
  }
  for (let round = 1; ; round += 1) {
    const authorization = authorizing(challenge, await readKey());
    const session = { authorization, bornAt: timing.monotonicMs(), count: 0 };
    const response = await next(signed(request, session), signal);
    if (!isChallenge(response)) return { response, session };
    const again = offeredBy(response);
    if (again === undefined || !again.stale || round + 1 === maxRounds) return { response };
    challenge = again;
  }
}

function signed(request: AtlasRequest, session: Session): AtlasRequest {
  session.count += 1;
  const { method, target: uri } = request;
  // Random enough, and drawn from a store: one at a time, random bytes cost more than the hashes.
  const use = { count: session.count, cnonce: randomUUID() };
  const authorization = session.authorization({ method, uri }, use);
  return { ...request, headers: { ...request.headers, authorization } };
}

/** A 401 about the credentials; one about a missing role is an answer like any other. */
function isChallenge(response: AtlasResponse): boolean {
  return response.status === 401 && !deniesPermission(errorCode(response));
}

function offeredBy({ headers }: AtlasResponse): DigestChallenge | undefined {
  const value = headers['www-authenticate'];
  return answerable(challenges(value === undefined ? [] : [value].flat()));
}
