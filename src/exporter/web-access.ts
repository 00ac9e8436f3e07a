import { readFile as readFileFromDisk } from 'node:fs/promises';
import { type Checked, formatProblems } from '../config/problem.ts';
import type { ReadFile } from '../config/secret.ts';
import { narrowed } from '../config/web/narrowing.ts';
import type { Made, Reading } from '../config/web/reading.ts';
import { readWebSettings, type WebSettings } from '../config/web/settings.ts';
import { readTls, type Tls } from '../config/web/tls-files.ts';
import { type Clock, isoDate, systemClock, type UnixSeconds } from '../domain/time.ts';
import type { Access } from '../web/access.ts';
import { newBasicAuth } from '../web/basic-auth.ts';
import { newTlsListener } from '../web/listening/tls-listener.ts';
import type { Log } from './log.ts';

/** The web configuration as it was read at the start, sound in every part. */
export type WebConfig = {
  readonly file: string;
  readonly settings: Kept<WebSettings>;
  readonly tls: Kept<Tls> | undefined;
};

/** The last good value, and the content that was seen last, good or not. */
type Kept<T> = { readonly value: T; readonly seen: string };

type Loaded = Checked<{ readonly web: WebConfig }>;

/** Reads the file and the certificates that it names. Never rejects. */
export async function loadWebConfig(
  file: string,
  readFile: ReadFile = readFileFromDisk,
): Promise<Loaded> {
  const reading = await readWebSettings(file, readFile);
  const made = reading.make();
  if (made.kind === 'invalid') return made;
  const settings = { value: made.value, seen: reading.digest };
  const { tls, problemAt } = made.value;
  if (tls === undefined) return { kind: 'ok', web: { file, settings, tls: undefined } };
  const tlsReading = await readTls(tls, problemAt, readFile);
  const tlsMade = tlsReading.make();
  if (tlsMade.kind === 'invalid') return tlsMade;
  const kept = { value: tlsMade.value, seen: tlsReading.digest };
  return { kind: 'ok', web: { file, settings, tls: kept } };
}

/** Between two looks at the files. */
const minBetweenMs = 1_000;

type AccessOptions = {
  readonly log: Pick<Log, 'debug' | 'info' | 'warn'>;
  readonly clock?: Clock;
  readonly monotonicMs?: () => number;
};

/** Lets in whom the files say, as they are now; what is broken in them leaves the last good in use. */
export function liveAccess(web: WebConfig, options: AccessOptions): Access {
  const { log, clock = systemClock, monotonicMs = () => performance.now() } = options;
  let current = web;
  const look = async () => {
    current = await lookedAgain(current, log, clock);
  };
  const refresh = nowAndThen(monotonicMs, () =>
    look().catch((error: unknown) =>
      log.warn(
        { err: error },
        'the web configuration could not be read; keeping the previous configuration',
      ),
    ),
  );
  const first = web.tls?.value;
  if (first !== undefined && first.validUntil <= clock()) {
    const validUntil = isoDate(first.validUntil);
    log.warn({ validUntil }, 'the server certificate has expired');
  }
  return {
    refresh,
    headers: () => current.settings.value.headers,
    admits: newBasicAuth(() => current.settings.value.users),
    tls:
      first &&
      newTlsListener({
        refresh,
        terms: () => current.tls?.value ?? first,
        refused: (client, why) => log.debug({ client, why }, 'a TLS connection was refused'),
      }),
  };
}

/** Looks when asked, unless it did lately; whoever asks meanwhile waits for the same look. */
function nowAndThen(monotonicMs: () => number, look: () => Promise<void>): () => Promise<void> {
  let lookedAt = monotonicMs();
  let looking: Promise<void> | undefined;
  return async () => {
    if (looking === undefined && monotonicMs() - lookedAt < minBetweenMs) return;
    looking ??= look().finally(() => {
      lookedAt = monotonicMs();
      looking = undefined;
    });
    await looking;
  };
}

async function lookedAgain(
  { file, settings: last, tls: lastTls }: WebConfig,
  log: AccessOptions['log'],
  clock: Clock,
): Promise<WebConfig> {
  const settings = renewed(last, await readWebSettings(file, readFileFromDisk), {
    judge: (made) => narrowed(last.value, made),
    used: () => log.info({ file }, 'web configuration reloaded'),
    refused: (problems) =>
      log.warn(
        { file, problems },
        'the changed web configuration is invalid; keeping the previous configuration',
      ),
  });
  const { tls: wanted, problemAt } = settings.value;
  if (lastTls === undefined || wanted === undefined) return { file, settings, tls: lastTls };
  const tls = renewed(lastTls, await readTls(wanted, problemAt, readFileFromDisk), {
    judge: (made) => unexpired(made, clock(), problemAt),
    used: ({ validUntil }) =>
      log.info({ validUntil: isoDate(validUntil) }, 'certificates reloaded'),
    refused: (problems) =>
      log.warn(
        { file, problems },
        'the changed certificates are invalid; keeping the previous certificates',
      ),
  });
  return { file, settings, tls };
}

type Renewal<T> = {
  readonly judge: (made: Made<T>) => Made<T>;
  readonly used: (value: T) => void;
  readonly refused: (problems: readonly string[]) => void;
};

/** The new content if it is sound, else the last. Whichever it is, it is told once. */
function renewed<T>(last: Kept<T>, reading: Reading<T>, renewal: Renewal<T>): Kept<T> {
  const { digest: seen, make } = reading;
  if (seen === last.seen) return last;
  const made = renewal.judge(make());
  if (made.kind === 'ok') renewal.used(made.value);
  else renewal.refused(formatProblems(made.problems).split('\n'));
  return { value: made.kind === 'ok' ? made.value : last.value, seen };
}

function unexpired(
  made: Made<Tls>,
  now: UnixSeconds,
  problemAt: WebSettings['problemAt'],
): Made<Tls> {
  if (made.kind === 'invalid' || made.value.validUntil > now) return made;
  const problem = problemAt(['tls_server_config'], 'the certificate has expired');
  return { kind: 'invalid', problems: [problem] };
}
