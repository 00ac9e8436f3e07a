import { constants, crc32, deflateRawSync, inflateRawSync } from 'node:zlib';
import type { UnixSeconds } from '../domain/time.ts';
import {
  contentTypes,
  type Format,
  headerLines,
  labelPairs,
  numeral,
  sampleLine,
} from './encoding.ts';
import type { Family } from './family.ts';
import type { AgeBlock, PreparedPage } from './prepared.ts';

/** A page ready to be sent. */
export type Page = {
  readonly contentType: string;
  readonly contentEncoding: 'gzip' | undefined;
  readonly body: Buffer;
};

export type PageRequest = { readonly format: Format; readonly gzip: boolean };

/**
 * The whole page of one scrape: the settled part as it was prepared, then the ages of this second,
 * then `own`, the exporter's own families, already as text.
 */
export function pageAt(
  prepared: PreparedPage,
  own: string,
  now: UnixSeconds,
  { format, gzip }: PageRequest,
): Page {
  const end = format === 'openmetrics' ? '# EOF\n' : '';
  const fresh = Buffer.from(agesText(prepared.ages, format, Math.floor(now)) + own + end);
  return {
    contentType: contentTypes[format],
    contentEncoding: gzip ? 'gzip' : undefined,
    body: gzip ? gzipMember(prepared, fresh, format) : plain(prepared, fresh, format),
  };
}

function agesText(blocks: readonly AgeBlock[], format: Format, now: UnixSeconds): string {
  return blocks
    .map(({ family, lines }) => {
      const { sign } = family;
      const samples = lines.map(({ begins, at }) => `${begins}${numeral(sign * (now - at))}\n`);
      return headerLines(family, format) + samples.join('');
    })
    .join('');
}

/** A family about a single subject, such as the exporter itself, as text. */
export function familyText<Row>(family: Family<Row>, row: Row, format: Format): string {
  const samples = family.kind === 'settled' ? family.samples(row) : [];
  if (samples.length === 0) return '';
  const lines = samples.map(({ labels, value }) =>
    sampleLine(family.name, labelPairs(labels), value),
  );
  return headerLines(family, format) + lines.join('');
}

// RFC 1952: magic, deflate, no flags, no time, no extra flags, unknown system.
const gzipHeader = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);

/** One ordinary gzip member made of kept and fresh parts, its checksum continued from the kept one. */
function gzipMember(prepared: PreparedPage, fresh: Buffer, format: Format): Buffer {
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(crc32(fresh, prepared.crc[format]), 0);
  trailer.writeUInt32LE((prepared.bytes[format] + fresh.length) % 2 ** 32, 4);
  return Buffer.concat([gzipHeader, ...prepared.deflated[format], deflateRawSync(fresh), trailer]);
}

function plain(prepared: PreparedPage, fresh: Buffer, format: Format): Buffer {
  const kept = inflateRawSync(Buffer.concat([...prepared.deflated[format]]), {
    finishFlush: constants.Z_SYNC_FLUSH,
  });
  return Buffer.concat([kept, fresh]);
}
