import { connect } from '../atlas/connect.ts';
import type { SurveyedAccount } from '../atlas/survey/account.ts';
import type { Observer } from '../atlas/transport/observer.ts';
import type { Timing } from '../atlas/transport/timing.ts';
import type { Account, Config } from '../config/config.ts';
import { sameSettings } from '../config/same.ts';
import { namedProjects, selectsCluster, selectsProject } from '../config/selection.ts';
import type { Clock } from '../domain/time.ts';
import { credentialsOf } from './credentials.ts';
import type { Log } from './log.ts';
import { routeOf } from './route.ts';

export type OpenAccount = SurveyedAccount & {
  /** What the connection was made for. */
  readonly settings: unknown;
  readonly close: () => Promise<void>;
};

export type Dependencies = {
  readonly observer: Observer;
  readonly log: Log;
  readonly clock: Clock;
  readonly timing: Timing;
};

/**
 * The configured accounts, ready to be read; nothing is sent yet. One of `open` that is to be
 * reached in the same way lends its connection, with token, nonce and pacing.
 */
export function openAccounts(
  { accounts, poll }: Config,
  dependencies: Dependencies,
  open: readonly OpenAccount[] = [],
): readonly OpenAccount[] {
  return accounts.map((account) => {
    const settings = connectionSettings(account, poll);
    const lent = open.find((one) => sameSettings(one.settings, settings));
    const { client, close } = lent ?? connected(account, settings, dependencies);
    return {
      name: account.name,
      api: account.api,
      legacy: account.legacy,
      settings,
      client,
      close,
      namedProjects: namedProjects(account.projects),
      selectsProject: (project) => selectsProject(account.projects, project),
      selectsCluster: (project, name) => selectsCluster(account.clusters, project, name),
    };
  });
}

/** Closes those whose connection none of `except` has. */
export async function closeAccounts(
  accounts: readonly OpenAccount[],
  except: readonly OpenAccount[] = [],
): Promise<void> {
  const unused = accounts.filter(({ client }) => !except.some((one) => one.client === client));
  await Promise.all(unused.map(({ close }) => close()));
}

type ConnectionSettings = ReturnType<typeof connectionSettings>;

/** All that a connection depends on: filters do not cost a new one. */
function connectionSettings(account: Account, poll: Config['poll']) {
  const { name, baseUrl, api, auth, proxy, caFile } = account;
  const timeoutMs = poll.requestTimeoutSeconds * 1000;
  return { name, baseUrl, api, auth, proxy, caFile, timeoutMs, connections: poll.concurrency };
}

function connected(
  account: Account,
  { baseUrl, api, auth, timeoutMs, connections }: ConnectionSettings,
  { observer, log, clock, timing }: Dependencies,
) {
  const trouble = (message: string) => log.warn({ account: account.name }, message);
  return connect({
    origin: baseUrl,
    api,
    credentials: credentialsOf(auth, trouble),
    route: routeOf(account, trouble),
    timeoutMs,
    connections,
    observer,
    clock,
    timing,
  });
}
