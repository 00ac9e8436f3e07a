// Stands between an exporter and a simulated Atlas: asks for each answer once, keeps it, and gives it
// again and again at almost no cost, so that it is the exporter that is measured. It asks for digest
// authentication by the rules of Atlas's server, but does not compute whether an answer is right.
import { Agent, createServer, get, type ServerResponse } from 'node:http';
import { answering } from './answering.ts';
import { newNonces } from './nonces.ts';

type Kept = { readonly status: number; readonly type: string; readonly body: Buffer };

const [, , atlas = ''] = process.argv;
const agent = new Agent({ keepAlive: true });
const kept = new Map<string, Promise<Kept>>();
const nonces = newNonces();
let latencyMs = 0;
let targets: string[] = [];
let [bytes, lastAt] = [0, 0];

const server = createServer((request, response) => {
  const target = request.url ?? '/';
  const challenge = nonces.challengeFor(request.headers.authorization);
  if (challenge !== undefined) {
    answerLater(response, 401, { 'WWW-Authenticate': challenge }, Buffer.from('{"error":401}'));
    return;
  }
  targets.push(target);
  const answer = kept.get(target) ?? askAtlas(target, request.headers.accept ?? '');
  kept.set(target, answer);
  answer.then(
    ({ status, type, body }) => answerLater(response, status, { 'Content-Type': type }, body),
    () => response.destroy(),
  );
});
server.keepAliveTimeout = 600_000;

function answerLater(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  body: Buffer,
): void {
  const send = () => {
    response.writeHead(status, { ...headers, 'Content-Length': body.length }).end(body);
    bytes += body.length;
    lastAt = Date.now();
  };
  if (latencyMs === 0) send();
  else setTimeout(send, latencyMs);
}

let token: Promise<string> | undefined;

async function askAtlas(target: string, accept: string): Promise<Kept> {
  token ??= newToken();
  const headers = { accept, authorization: `Bearer ${await token}` };
  return new Promise((resolve, reject) => {
    get(`${atlas}${target}`, { agent, headers }, async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk);
      const type = response.headers['content-type'] ?? 'application/json';
      resolve({ status: response.statusCode ?? 0, type, body: Buffer.concat(chunks) });
    }).on('error', reject);
  });
}

/** That of the simulator's service account, so that the key is free for the exporter. */
async function newToken(): Promise<string> {
  const key = Buffer.from('mdb_sa_id_simulator:mdb_sa_sk_simulator').toString('base64');
  const response = await fetch(`${atlas}/api/oauth/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${key}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  const reply: unknown = await response.json();
  return reply !== null && typeof reply === 'object' && 'access_token' in reply
    ? String(reply.access_token)
    : '';
}

/** Milliseconds of CPU that JSON.parse takes for the bodies asked for since `begin`. */
async function parsing(): Promise<readonly number[]> {
  const bodies = await Promise.all(targets.map((target) => kept.get(target)));
  let microseconds = 0;
  for (const one of bodies) {
    const text = one?.body.toString() ?? 'null';
    const before = process.cpuUsage();
    JSON.parse(text);
    const { user, system } = process.cpuUsage(before);
    microseconds += user + system;
  }
  return [microseconds / 1000];
}

const size = '"storageSizeBytes":';

/** Changes a digit in every listing that tells sizes: those of flex clusters and empty ones stay. */
async function alter(): Promise<void> {
  for (const answer of kept.values()) {
    const { body } = await answer;
    const at = body.indexOf(size) + size.length;
    const digit = at < size.length ? 0 : (body[at] ?? 0) - 0x30;
    if (digit >= 1 && digit <= 9) body[at] = 0x31 + (digit % 9);
  }
}

answering({
  alter,
  latency: ({ ms }) => {
    latencyMs = Number(ms);
  },
  begin: () => {
    targets = [];
    bytes = 0;
  },
  /** Since then: requests but those refused, bytes, Unix milliseconds of the last answer. */
  requestLog: () => [targets.length, bytes, lastAt],
  targets: () => targets,
  parse: parsing,
  /** Since the start. */
  nonces: nonces.counts,
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object') console.log(`listening on http://127.0.0.1:${address?.port}`);
});
