import { z } from 'zod';
import type { UnixSeconds } from '../../../src/domain/time.ts';
import type { Prometheus } from '../prometheus.ts';

/** Where a Prometheus listens. */
export type Asked = Pick<Prometheus, 'url'>;

const labels = z.record(z.string(), z.string());
const sample = z.tuple([z.number(), z.string()]);
const vector = z.object({
  data: z.object({
    resultType: z.literal('vector'),
    result: z.array(z.object({ metric: labels, value: sample })),
  }),
});
const matrix = z.object({
  data: z.object({ result: z.array(z.object({ metric: labels, values: z.array(sample) })) }),
});
const labelValues = z.object({ data: z.array(z.string()) });

export type Series = {
  readonly labels: Readonly<Record<string, string>>;
  /** Seconds and values, the oldest first. */
  readonly points: readonly (readonly [UnixSeconds, number])[];
};

export type Span = { readonly from: UnixSeconds; readonly to: UnixSeconds; readonly step: number };

/** The last point of each series of an instant query. @throws Error when Prometheus refuses it */
export async function asOf(
  { url }: Asked,
  query: string,
  time: UnixSeconds,
): Promise<readonly Series[]> {
  const reply = vector.parse(await posted(`${url}/api/v1/query`, { query, time: String(time) }));
  return reply.data.result.map(({ metric, value }) => ({ labels: metric, points: [point(value)] }));
}

/** @throws Error when Prometheus refuses it */
export async function over(
  { url }: Asked,
  query: string,
  { from, to, step }: Span,
): Promise<readonly Series[]> {
  const range = { query, start: String(from), end: String(to), step: String(step) };
  const reply = matrix.parse(await posted(`${url}/api/v1/query_range`, range));
  return reply.data.result.map(({ metric, values }) => ({
    labels: metric,
    points: values.map(point),
  }));
}

export async function valuesOfLabel(
  { url }: Asked,
  label: string,
  selector: string,
  { from, to }: Span,
): Promise<readonly string[]> {
  const asked = new URLSearchParams({ 'match[]': selector, start: String(from), end: String(to) });
  const reply = await fetch(`${url}/api/v1/label/${label}/values?${asked}`);
  return labelValues.parse(await reply.json()).data;
}

async function posted(url: string, form: Readonly<Record<string, string>>): Promise<unknown> {
  const reply = await fetch(url, { method: 'POST', body: new URLSearchParams(form) });
  if (!reply.ok) throw new Error(`${await reply.text()}\n${form['query']}`);
  return reply.json();
}

function point([at, value]: z.infer<typeof sample>): readonly [UnixSeconds, number] {
  return [at, Number(value)];
}
