import { constants, crc32, deflateRawSync } from 'node:zlib';
import type { UnixSeconds } from '../domain/time.ts';
import { writeAges } from './ages.ts';
import { type PackedText, packedText, unpackedText } from './compressed-text.ts';
import { contentTypes, type Format, headerLines, sampleLine } from './encoding.ts';
import { type Family, samplesOf } from './family.ts';
import type { PreparedPage } from './prepared.ts';

/** A page ready to be sent. */
export type Page = {
  readonly contentType: string;
  readonly contentEncoding: 'gzip' | undefined;
  /** Of the body, in bytes. */
  readonly length: number;
  /** Answers under way at the same time share most of it. */
  readonly body: readonly Buffer[];
};

export type PageRequest = { readonly format: Format; readonly gzip: boolean };

/**
 * The whole page of one scrape: the fixed part as it was prepared, then the ages of this second,
 * then `own`, the exporter's own families, already as text.
 */
export async function pageAt(
  prepared: PreparedPage,
  own: string,
  now: UnixSeconds,
  { format, gzip }: PageRequest,
): Promise<Page> {
  const fresh = Buffer.from(own + (format === 'openmetrics' ? '# EOF\n' : ''));
  const ages = await agesAt(prepared, format, Math.floor(now));
  const parts = { kept: [prepared.text[format], ages], crc: ages.crc, fresh };
  return {
    contentType: contentTypes[format],
    ...(gzip ? gzipMember(parts) : await plainText(parts)),
  };
}

/** The last ages that were filled in, for all scrapes of the same second. */
const filledIn = new WeakMap<PreparedPage, Map<Format, Filled>>();

type Filled = { readonly second: UnixSeconds; readonly text: Promise<PackedText> };

function agesAt(prepared: PreparedPage, format: Format, second: UnixSeconds): Promise<PackedText> {
  const last = filledIn.get(prepared) ?? new Map<Format, Filled>();
  filledIn.set(prepared, last);
  const found = last.get(format);
  if (found?.second === second) return found.text;
  const text = packedText(prepared.text[format], (lines) =>
    writeAges(prepared.ages, format, second, lines),
  );
  last.set(format, { second, text });
  return text;
}

/** A family about a single subject, such as the exporter itself, as text. */
export function familyText<Row>(family: Family<Row>, row: Row, format: Format): string {
  const samples = family.kind === 'fixed' ? samplesOf(family, row) : [];
  if (samples.length === 0) return '';
  const lines = samples.map(({ pairs, value }) => sampleLine(family.name, pairs, value));
  return headerLines(family, format) + lines.join('');
}

type Parts = {
  readonly kept: readonly PackedText[];
  /** Of all that is kept. */
  readonly crc: number;
  readonly fresh: Buffer;
};

type Body = Pick<Page, 'contentEncoding' | 'length' | 'body'>;

/** One ordinary gzip member made of kept and fresh parts. Joining pieces does not unpack them. */
function gzipMember(parts: Parts): Body {
  const { kept, crc, fresh } = parts;
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(crc32(fresh, crc), 0);
  trailer.writeUInt32LE(textLength(parts) % 2 ** 32, 4);
  // Here and now: it is short, and another thread would take longer to be asked than to do it.
  const end = deflateRawSync(fresh, { level: constants.Z_BEST_SPEED });
  const body = [...kept.map(({ member }) => member), Buffer.concat([end, trailer])];
  return {
    contentEncoding: 'gzip',
    length: body.reduce((sum, part) => sum + part.length, 0),
    body,
  };
}

async function plainText(parts: Parts): Promise<Body> {
  return {
    contentEncoding: undefined,
    length: textLength(parts),
    body: [...(await Promise.all(parts.kept.map(unpackedText))), parts.fresh],
  };
}

function textLength({ kept, fresh }: Parts): number {
  return kept.reduce((sum, { bytes }) => sum + bytes, fresh.length);
}
