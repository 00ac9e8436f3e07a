import { z } from 'zod';
import { stateNames } from '../../alerting/states.ts';
import { directions, type SortKey, sortKeys } from '../../status/fleet-order.ts';
import type { FleetQuery } from '../../status/fleet-status.ts';

const maxText = 100;
const maxPerPage = 1000;

const text = z.string().max(maxText);
/** A form sends an empty field as empty text. */
const orAbsent = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((given) => (given === '' ? undefined : given), schema.optional());
const count = (max: number) =>
  z
    .string()
    .regex(/^[1-9]\d{0,6}$/)
    .transform(Number)
    .pipe(z.number().max(max));

/** The query parameters of the status page and of the list of clusters. */
export const fleetParameters = z.strictObject({
  project: orAbsent(text).describe(
    'Part of the project name, case-insensitive, or the full project id.',
  ),
  cluster: orAbsent(text).describe('Part of the cluster name, case-insensitive.'),
  state: orAbsent(z.enum(stateNames)).describe('Only clusters in this state.'),
  sort: orAbsent(z.enum(sortKeys)).describe(
    'What to sort by; default `severity`: the severity of the worst alert, the state, the due time, the name. Clusters without that value come last.',
  ),
  order: orAbsent(z.enum(directions)).describe(
    'Default `ascending`; for `size` and `kept`, `descending`.',
  ),
  page: orAbsent(count(9_999_999)).describe('From 1; default 1.'),
  per_page: orAbsent(count(maxPerPage)).describe(
    `Clusters on a page, up to ${maxPerPage}; default 100.`,
  ),
});

const defaultPerPage = 100;

/** The direction in which a list is sorted first: what asks for attention on top. */
export function firstDirection(by: SortKey): (typeof directions)[number] {
  return by === 'size' || by === 'kept' ? 'descending' : 'ascending';
}

/** Undefined: a parameter is unknown, repeated or invalid. */
export function fleetQuery(given: unknown): FleetQuery | undefined {
  const { data } = fleetParameters.safeParse(given);
  if (data === undefined) return undefined;
  const by = data.sort ?? 'severity';
  return {
    project: data.project ?? '',
    cluster: data.cluster ?? '',
    state: data.state,
    order: { by, direction: data.order ?? firstDirection(by) },
    page: data.page ?? 1,
    perPage: data.per_page ?? defaultPerPage,
  };
}

/** The query without what is the default; empty, or with its `?`. */
export function queryText({ project, cluster, state, order, page, perPage }: FleetQuery): string {
  const { by, direction } = order;
  const parameters = {
    project,
    cluster,
    state: state ?? '',
    sort: by === 'severity' ? '' : by,
    order: direction === firstDirection(by) ? '' : direction,
    page: page === 1 ? '' : String(page),
    per_page: perPage === defaultPerPage ? '' : String(perPage),
  };
  const said = new URLSearchParams(Object.entries(parameters).filter(([, value]) => value !== ''));
  return said.size === 0 ? '' : `?${said}`;
}
