import type { z } from 'zod';
import type { StatusView } from '../../status/view.ts';

/** A request, not validated yet. */
export type Asked = {
  readonly params: Readonly<Record<string, string>>;
  readonly query: unknown;
  readonly version: string;
};

/** Every address that answers JSON, with `:name` for what differs from request to request. */
export const apiPaths = [
  '/api/v1/status',
  '/api/v1/clusters',
  '/api/v1/clusters/:project/:cluster',
] as const;

export type ApiPath = (typeof apiPaths)[number];

/** What is at one of them. */
export type Endpoint = {
  readonly path: ApiPath;
  /** One or two sentences for the reference. */
  readonly about: string;
  /** The query parameters, each with a description. */
  readonly parameters: z.ZodObject;
  /** What the answer is, for the reference and for the tests. */
  readonly schema: z.ZodObject;
  readonly answer: (view: StatusView, asked: Asked) => object | Refused;
};

export type Refused = 'bad request' | 'not found';

/** An endpoint whose answers are typed by its schema. */
export function endpoint<Schema extends z.ZodObject>(
  it: Omit<Endpoint, 'schema' | 'answer'> & {
    readonly schema: Schema;
    readonly answer: (view: StatusView, asked: Asked) => z.input<Schema> | Refused;
  },
): Endpoint {
  return it;
}
