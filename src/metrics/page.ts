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
import { newShared } from './shared.ts';

/** A page ready to be sent. */
export type Page = {
  readonly contentType: string;
  readonly contentEncoding: 'gzip' | undefined;
  /** In parts; answers under way at the same time share most of them. */
  readonly body: readonly Buffer[];
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
  const second = Math.floor(now);
  const fresh = Buffer.from(own + (format === 'openmetrics' ? '# EOF\n' : ''));
  const ages = shared(prepared, `ages ${format} ${second}`, () =>
    Buffer.from(agesText(prepared.ages, format, second)),
  );
  return {
    contentType: contentTypes[format],
    contentEncoding: gzip ? 'gzip' : undefined,
    body: gzip
      ? gzipMember(prepared, { ages, fresh, second }, format)
      : [shared(prepared, `text ${format}`, () => inflated(prepared, format)), ages, fresh],
  };
}

const shared = newShared<PreparedPage>();

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

type Fresh = { readonly ages: Buffer; readonly fresh: Buffer; readonly second: UnixSeconds };

/** One ordinary gzip member made of kept and fresh parts, its checksum continued from the kept one. */
function gzipMember(
  prepared: PreparedPage,
  { ages, fresh, second }: Fresh,
  format: Format,
): readonly Buffer[] {
  const kept = shared(prepared, `deflated ${format}`, () =>
    Buffer.concat([gzipHeader, ...prepared.deflated[format]]),
  );
  const packedAges = shared(prepared, `deflated ages ${format} ${second}`, () =>
    deflateRawSync(ages, { finishFlush: constants.Z_FULL_FLUSH }),
  );
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(crc32(fresh, crc32(ages, prepared.crc[format])), 0);
  trailer.writeUInt32LE((prepared.bytes[format] + ages.length + fresh.length) % 2 ** 32, 4);
  return [kept, packedAges, deflateRawSync(fresh), trailer];
}

function inflated(prepared: PreparedPage, format: Format): Buffer {
  return inflateRawSync(Buffer.concat([...prepared.deflated[format]]), {
    finishFlush: constants.Z_SYNC_FLUSH,
  });
}
