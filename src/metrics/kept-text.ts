import { promisify } from 'node:util';
import { constants, crc32, deflateRaw, inflateRaw } from 'node:zlib';
import { type Format, formats, headerLines } from './encoding.ts';
import type { FamilyFacts } from './family.ts';

/** Compressed text that can be continued: by more of it, or by the rest of a gzip member. */
export type PackedText = {
  /** Raw deflate, every piece ended by a full flush: pieces stand alone, and can be joined. */
  readonly deflated: Buffer;
  /** The same as a part of a gzip member: what is kept comes first, behind the header. */
  readonly member: Buffer;
  /** Where in it each piece ends. */
  readonly ends: readonly number[];
  /** CRC-32 of all text up to its end, what it continues included. */
  readonly crc: number;
  /** Length of the text itself. */
  readonly bytes: number;
};

/** Text that stays as it is for as long as the generation does. */
export type KeptText = Readonly<Record<Format, PackedText>>;

/** Takes families whose lines come one after another, and compresses them. */
export type TextKeeper = {
  /** `produce` hands over the lines, one or several at a time. Without any, nothing is kept. */
  readonly keep: (
    family: FamilyFacts,
    produce: (write: (lines: string) => void) => Promise<void>,
  ) => Promise<void>;
  /** Once, when all families are there. */
  readonly kept: () => KeptText;
};

/** So much text is compressed at once, by another thread. */
const pieceLength = 128 * 1024;

const deflate = promisify(deflateRaw);
const inflate = promisify(inflateRaw);

// RFC 1952: magic, deflate, no flags, no time, no extra flags, unknown system.
const gzipHeader = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);

export function textKeeper(): TextKeeper {
  const packers = {
    text: packer({ header: gzipHeader }),
    openmetrics: packer({ header: gzipHeader }),
  };
  return {
    keep: async (family, produce) => {
      // Samples are compressed once for both formats; only the lines above them differ.
      const samples: Piece[] = [];
      const flush = (lines: string) => samples.push(pieceOf(lines));
      await inPieces(produce, flush);
      if (samples.length === 0) return;
      for (const format of formats) {
        await packers[format].add([pieceOf(headerLines(family, format)), ...samples]);
      }
    },
    kept: () => ({ text: packers.text.packed(), openmetrics: packers.openmetrics.packed() }),
  };
}

/** Text that is needed once, compressed as it is produced. It continues `before`. */
export async function packedText(
  before: PackedText,
  produce: (write: (text: string) => void) => Promise<void>,
): Promise<PackedText> {
  const pieces: Piece[] = [];
  await inPieces(produce, (text) => pieces.push(pieceOf(text, constants.Z_BEST_SPEED)));
  const { add, packed } = packer({ crcBefore: before.crc });
  await add(pieces);
  return packed();
}

/** Texts that somebody still holds, or that are being unpacked. Nothing else keeps them. */
const unpacked = new WeakMap<PackedText, WeakRef<Buffer> | Promise<Buffer>>();

/**
 * The text again; all who want it at the same time share it, so that clients who do not take their
 * answer cost no memory each.
 */
export async function unpackedText(packed: PackedText): Promise<Buffer> {
  const found = unpacked.get(packed);
  const held = found instanceof WeakRef ? found.deref() : await found;
  if (held !== undefined) return held;
  const making = joined(packed);
  unpacked.set(packed, making);
  const text = await making;
  unpacked.set(packed, new WeakRef(text));
  return text;
}

async function joined({ deflated, ends, bytes }: PackedText): Promise<Buffer> {
  const text = Buffer.allocUnsafeSlow(bytes);
  let [start, length] = [0, 0];
  for (const end of ends) {
    const part = deflated.subarray(start, end);
    const piece = await inflate(part, { finishFlush: constants.Z_SYNC_FLUSH });
    length += piece.copy(text, length);
    start = end;
  }
  return text;
}

type Piece = { readonly text: Buffer; readonly deflated: Promise<Buffer> };

function pieceOf(text: string, level?: number): Piece {
  const bytes = Buffer.from(text);
  const finishFlush = constants.Z_FULL_FLUSH;
  return { text: bytes, deflated: deflate(bytes, { finishFlush, ...(level && { level }) }) };
}

async function inPieces(
  produce: (write: (text: string) => void) => Promise<void>,
  take: (piece: string) => void,
): Promise<void> {
  let text = '';
  await produce((more) => {
    text += more;
    if (text.length < pieceLength) return;
    take(text);
    text = '';
  });
  if (text !== '') take(text);
}

function packer({ crcBefore = 0, header = Buffer.alloc(0) }) {
  const parts: Buffer[] = [];
  const ends: number[] = [];
  let [crc, bytes, length] = [crcBefore, 0, 0];
  return {
    add: async (pieces: readonly Piece[]) => {
      for (const { text, deflated } of pieces) {
        crc = crc32(text, crc);
        bytes += text.length;
        const part = await deflated;
        length += part.length;
        parts.push(part);
        ends.push(length);
      }
    },
    packed: (): PackedText => {
      const member = Buffer.concat([header, ...parts], header.length + length);
      return { member, deflated: member.subarray(header.length), ends, crc, bytes };
    },
  };
}
