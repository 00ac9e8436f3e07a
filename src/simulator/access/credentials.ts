import type { Project, World } from '../world/world.ts';

type Roles = {
  /** Ids of the projects with a role in them. Absent: all. */
  readonly projects?: readonly string[];
  /** How other projects are refused. Atlas documents 401 for it; default. */
  readonly refusal?: 401 | 403;
};

export type ApiKey = Roles & { readonly publicKey: string; readonly privateKey: string };
export type ServiceAccount = Roles & { readonly clientId: string; readonly clientSecret: string };

/** Who may call. The two lists can be exchanged while the simulator runs, as keys are revoked and made. */
export type Credentials = {
  apiKeys: readonly ApiKey[];
  serviceAccounts: readonly ServiceAccount[];
};

export const simulatorKey: ApiKey = { publicKey: 'simulator', privateKey: 'simulator-key' };
export const simulatorAccount: ServiceAccount = {
  clientId: 'mdb_sa_id_simulator',
  clientSecret: 'mdb_sa_sk_simulator',
};

/** Who called, once the credentials have been found good. */
export type Caller = Roles & {
  readonly kind: 'apiKey' | 'serviceAccount';
  readonly name: string;
};

export function mayAccess(caller: Caller, projectId: string): boolean {
  return caller.projects === undefined || caller.projects.includes(projectId);
}

export function visibleProjects(caller: Caller, world: World): readonly Project[] {
  if (caller.projects === undefined) return world.projects;
  return world.projects.filter(({ id }) => mayAccess(caller, id));
}
