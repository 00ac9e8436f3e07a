import type { SurveyedAccount } from './atlas/account.ts';
import { connect } from './atlas/connect.ts';
import type { Observer } from './atlas/observer.ts';
import type { Timing } from './atlas/timing.ts';
import type { Config } from './config/config.ts';
import { namedProjects, selectsCluster, selectsProject } from './config/selection.ts';
import { credentialsOf } from './credentials.ts';
import type { Clock } from './domain/time.ts';
import type { Log } from './log.ts';
import { routeOf } from './route.ts';

export type OpenAccount = SurveyedAccount & { readonly close: () => Promise<void> };

export type Surroundings = {
  readonly observer: Observer;
  readonly log: Log;
  readonly clock: Clock;
  readonly timing: Timing;
};

/** The configured accounts, ready to be read; nothing is sent yet. */
export function openAccounts(
  { accounts, poll }: Config,
  { observer, log, clock, timing }: Surroundings,
): readonly OpenAccount[] {
  return accounts.map((account) => {
    const trouble = (message: string) => log.warn({ account: account.name }, message);
    const { client, close } = connect({
      origin: account.baseUrl,
      api: account.api,
      credentials: credentialsOf(account.auth, trouble),
      route: routeOf(account, trouble),
      timeoutMs: poll.requestTimeoutSeconds * 1000,
      connections: poll.concurrency,
      observer,
      clock,
      timing,
    });
    return {
      name: account.name,
      api: account.api,
      legacy: account.legacy,
      client,
      close,
      namedProjects: namedProjects(account.projects),
      selectsProject: (project) => selectsProject(account.projects, project),
      selectsCluster: (project, name) => selectsCluster(account.clusters, project, name),
    };
  });
}
