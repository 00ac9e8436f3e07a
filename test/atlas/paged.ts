import { endpoints } from '../../src/atlas/endpoints.ts';
import type { RawResponse } from '../../src/simulator/interception.ts';
import type { Simulator } from '../../src/simulator/server.ts';
import { World } from '../../src/simulator/world/world.ts';
import { simulated } from '../simulator/client.ts';
import { patient, type Reader, reader } from './reader.ts';

export const projectId = (n: number) => n.toString(16).padStart(24, '0');
export const project = (n: number) => ({
  id: projectId(n),
  name: `project-${n}`,
  orgId: projectId(0),
});
export const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, n) => from + n);
export const projects = (from: number, to: number) => range(from, to).map(project);

export const page = (
  results: readonly unknown[],
  { next = false, ...rest }: { readonly next?: boolean; readonly totalCount?: unknown } = {},
): RawResponse => ({
  status: 200,
  headers: { 'Content-Type': 'application/vnd.atlas.2023-01-01+json;charset=utf-8' },
  body: JSON.stringify({
    results,
    links: [{ href: 'self', rel: 'self' }, ...(next ? [{ href: 'next', rel: 'next' }] : [])],
    ...rest,
  }),
});

export const list = ({ client }: Reader) => client.list(endpoints.projects, {}, patient);

/** A client of a simulator whose pages a test writes, by their number. */
export async function paged(
  answer: (pageNum: number) => RawResponse | 'destroy',
): Promise<{ simulator: Simulator; reading: Reader; asked: () => readonly number[] }> {
  const simulator = await simulated(new World([], [], []), { rateLimits: 'off' });
  simulator.intercept(({ authorised, query }) =>
    authorised ? answer(Number(query.get('pageNum'))) : undefined,
  );
  const asked = () =>
    simulator.requestLog.entries
      .filter(({ status }) => status !== 401)
      .map(({ query }) => Number(new URLSearchParams(query).get('pageNum')));
  return { simulator, reading: reader(simulator.url), asked };
}
